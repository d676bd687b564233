/** `HH:MM` of a time as people type it (`8`, `815`, `8:15`, `8h15`, `24`); anything else as it is, for the check to refuse. */
export function tidyTime(text: string): string {
  const parts = /^\s*(\d{1,2})\s*[:.hH]?\s*(\d{2})?\s*$/.exec(text);
  if (!parts) return text;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2] ?? 0)];
  if (minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return text;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** What is wrong with a typed time, by the name of its field; nothing when it is one. */
export const timeProblem = (field: string, text: string): Readonly<Record<string, string>> => {
  if (text === '') return { [field]: 'required' };
  return /^\d\d:\d\d$/.test(text) ? {} : { [field]: 'invalid' };
};
