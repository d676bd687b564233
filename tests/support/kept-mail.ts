import type { MailMessage, OutgoingMail } from '#main/core/mail/mail.ts';

/** An outgoing mail that keeps what it is handed. */
export interface KeptMail extends OutgoingMail {
  readonly sent: MailMessage[];
  /** Messages to an address, the latest last, once there are at least so many. */
  to(address: string, atLeast?: number): Promise<readonly MailMessage[]>;
  /** The code of the latest message to an address. */
  code(address: string, atLeast?: number): Promise<string>;
}

const patience = 30_000;

export const keptMail = (): KeptMail => {
  const sent: MailMessage[] = [];
  const to: KeptMail['to'] = async (address, atLeast = 1) => {
    const until = Date.now() + patience;
    for (;;) {
      const found = sent.filter((message) => message.to.address === address);
      if (found.length >= atLeast) return found;
      if (Date.now() > until) throw new Error(`${found.length} messages to ${address}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return {
    sent,
    to,
    code: async (address, atLeast) => {
      const text = (await to(address, atLeast)).at(-1)?.text ?? '';
      const code = /^(\d{4} \d{4})$/m.exec(text)?.[1];
      if (code === undefined) throw new Error(`no code in ${text}`);
      return code;
    },
    send: async (message) => {
      sent.push(message);
      return { outcome: 'sent', code: null };
    },
    close: () => undefined,
  };
};
