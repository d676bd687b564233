/** `9:30`, `0930` and `9.30` are half past nine; null for what is no time. */
export const readTime = (typed: string): string | null => {
  const found = /^(\d{1,2})[:.h]?(\d{2})$/.exec(typed.trim());
  if (found === null) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2])];
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
};
