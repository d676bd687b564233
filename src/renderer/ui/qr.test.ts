import { expect, it } from 'vitest';
import { qrOf } from './qr.ts';

/** The modules of the code, row by row, as the even-odd rule fills its outlines. */
const gridOf = ({ modules, path }: ReturnType<typeof qrOf>): readonly string[] => {
  const outlines = path
    .split('z')
    .filter(Boolean)
    .map((outline) =>
      outline
        .slice(1)
        .split('L')
        .map((point) => point.split(' ').map(Number) as [number, number]),
    );
  // A module is dark when as many upright edges as not lie to the left of its middle in its row.
  const isDark = (x: number, y: number) =>
    outlines.reduce((dark, points) => {
      const crossed = points.filter(([x0, y0], at) => {
        const [x1, y1] = points[(at + 1) % points.length] ?? [0, 0];
        return x0 === x1 && x0 <= x && Math.min(y0, y1) <= y && y < Math.max(y0, y1);
      }).length;
      return dark !== (crossed % 2 === 1);
    }, false);
  return Array.from({ length: modules }, (_, y) =>
    Array.from({ length: modules }, (_, x) => (isDark(x, y) ? '#' : '.')).join(''),
  );
};

const finder = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'];
const corner = (grid: readonly string[], x: number, y: number) =>
  grid.slice(y, y + 7).map((row) => row.slice(x, x + 7));

it('has its three finder patterns where a reader looks for them, and timing between them', () => {
  const code = qrOf('https://clinic.example/panel#/code/ABCD-EFGH-JKMN');
  const grid = gridOf(code);
  const far = code.modules - 7;
  expect((code.modules - 17) % 4).toBe(0);
  expect(corner(grid, 0, 0)).toEqual(finder);
  expect(corner(grid, far, 0)).toEqual(finder);
  expect(corner(grid, 0, far)).toEqual(finder);
  expect(corner(grid, far, far)).not.toEqual(finder);
  expect(grid[6]?.slice(8, far - 1)).toMatch(/^#(\.#)+$/);
});

it('holds another text in other modules, and a longer one in more', () => {
  const [one, other] = [qrOf('ABCD-EFGH-JKMN'), qrOf('ABCD-EFGH-JKMP')];
  expect(one.modules).toBe(other.modules);
  expect(one.path).not.toBe(other.path);
  expect(qrOf(`https://clinic.example/${'long'.repeat(20)}`).modules).toBeGreaterThan(one.modules);
});
