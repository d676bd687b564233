import type { Transport } from '#renderer/client/transport.ts';
import { type StartCall, type StartInput, StartReply } from '#shared/contract/start.ts';

/** A call of the start screen. Null when nobody answers: the workstation is opening, or the window is going. */
export type AskStart = <N extends StartCall>(name: N, input: StartInput<N>) => Promise<StartReply | null>;

export const startClient =
  (transport: Transport): AskStart =>
  async (name, input) => {
    const reply = await transport.call(name, input);
    return reply.ok ? (StartReply.safeParse(reply.value).data ?? null) : null;
  };
