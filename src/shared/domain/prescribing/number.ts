/** As the numbers of records: no symbols that hands and eyes mix up. */
const symbols = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const base = symbols.length;

const encode = (number: number): string =>
  (number >= base ? encode(Math.floor(number / base)) : '') + symbols.charAt(number % base);

/** 2026-01-01T00:00:00Z: numbers stay short. */
const epoch = Date.UTC(2026, 0, 1);

/**
 * The number of a printed prescription: of the workstation and the tenth of a second it was signed in, in which nobody
 * signs twice. It is made without asking anybody, so it is the same offline.
 */
export const sheetNumber = (deviceNo: number, now: number): string =>
  `${encode(deviceNo)}-${encode(Math.max(0, Math.floor((now - epoch) / 100))).padStart(6, symbols.charAt(0))}`;
