/** Letters of the alphanumeric mode, in the order of their values (ISO/IEC 18004, 7.3.4). */
const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const side = 21;

/** Which modules a mask turns over, by its number (ISO/IEC 18004, 7.8.2). */
const masks: readonly ((row: number, column: number) => number)[] = [
  (i, j) => (i + j) % 2,
  (i) => i % 2,
  (_, j) => j % 3,
  (i, j) => (i + j) % 3,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2,
  (i, j) => ((i * j) % 2) + ((i * j) % 3),
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2,
];

/** Finders with what is beside them, and the lines of timing: there is no data in them. */
const isFixed = (row: number, column: number): boolean =>
  row === 6 ||
  column === 6 ||
  (row < 9 && column < 9) ||
  (row < 9 && column >= side - 8) ||
  (row >= side - 8 && column < 9);

/** The places of the data in their order: pairs of columns from the right, up and down in turn. */
const places = function* (): Generator<readonly [number, number]> {
  let up = true;
  for (let right = side - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1;
    for (let step = 0; step < side; step += 1)
      for (const column of [right, right - 1]) {
        const row = up ? side - 1 - step : step;
        if (!isFixed(row, column)) yield [row, column];
      }
    up = !up;
  }
};

/** Three bits beside the first finder, hidden under those of `10101`. */
const maskOf = (rows: readonly string[]): number =>
  [2, 3, 4].reduce((number, column) => number * 2 + (rows[8]?.[column] === '#' ? 1 : 0), 0) ^ 0b101;

/**
 * Reads a QR code of version 1 in alphanumeric mode, as `qrOf` makes of a record number, from its modules: 21 rows of `#` for
 * dark and `.` for light. Nothing is corrected: a module that is wrong makes the text wrong.
 * @throws when there is something else.
 */
export const qrText = (rows: readonly string[]): string => {
  if (rows.length !== side || rows.some((row) => row.length !== side)) throw new Error('not of version 1');
  const turns = masks[maskOf(rows)];
  let bits = '';
  for (const [row, column] of places())
    bits += (rows[row]?.[column] === '#') === (turns?.(row, column) !== 0) ? '1' : '0';
  let at = 0;
  const take = (length: number) => {
    const number = Number.parseInt(bits.slice(at, at + length), 2);
    at += length;
    return number;
  };
  if (take(4) !== 0b0010) throw new Error('not in alphanumeric mode');
  let left = take(9);
  let text = '';
  for (; left > 1; left -= 2) {
    const pair = take(11);
    text += letters.charAt(Math.floor(pair / 45)) + letters.charAt(pair % 45);
  }
  return left === 1 ? text + letters.charAt(take(6)) : text;
};
