/** What may be written down about an event: numbers, codes and names of program parts. Never a value a person typed. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** Notes for whoever operates the workstation. It carries no patient data. */
export interface Log {
  info(event: string, facts?: Facts): void;
  /** Of an error only its class, code and place are kept: its message may quote a row. */
  error(event: string, error: unknown, facts?: Facts): void;
}

/** The stack without the message it begins with, which may itself look like frames. */
const frames = (error: Error): string => {
  const stack = error.stack ?? '';
  const start = stack.indexOf(error.message);
  return (start === -1 ? '' : stack.slice(start + error.message.length))
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
    .join(' | ');
};

const factsOf = (error: unknown): Facts => {
  if (!(error instanceof Error)) return { thrown: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { error: error.name, code, place: frames(error) };
};

/** An error in words that quote nothing of it: its class, code and place. */
export const tellError = (error: unknown): string => {
  const { thrown, error: name, code, place } = factsOf(error);
  return [thrown ?? name, code, place].filter((part) => part).join(' ');
};

/** A log of one JSON object per line, handed to `write` with its line end. */
export const jsonLog = (write: (line: string) => void, now: () => number): Log => {
  const entry = (level: string, event: string, facts: Facts) =>
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...facts })}\n`);
  return {
    info: (event, facts = {}) => entry('info', event, facts),
    error: (event, error, facts = {}) => entry('error', event, { ...facts, ...factsOf(error) }),
  };
};
