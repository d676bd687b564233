/**
 * A set of UUIDs in little memory: it keeps 64 of their 128 bits, in 16 to 32
 * bytes an id. With 16 million ids the chance that two share those bits is one in 140,000.
 */
export interface IdSet {
  has(id: string): boolean;
  /** True when `id` was not in the set before. */
  add(id: string): boolean;
}

const high = (id: string) => Number.parseInt(id.slice(0, 8), 16);
const low = (id: string) => Number.parseInt(id.slice(24, 32), 16);

/** An empty set; `id`s are UUIDs in lower case with dashes. */
export const createIdSet = (): IdSet => {
  let cells = new Uint32Array(2 * 1024);
  let size = 0;

  const find = (table: Uint32Array, a: number, b: number): number => {
    const slots = table.length / 2;
    let slot = ((a ^ b) >>> 0) % slots;
    while (table[2 * slot + 1] !== 0 && (table[2 * slot] !== a || table[2 * slot + 1] !== b)) {
      slot = (slot + 1) % slots;
    }
    return slot;
  };

  const grow = () => {
    const wider = new Uint32Array(cells.length * 2);
    for (let at = 0; at < cells.length; at += 2) {
      const [a, b] = [cells[at] ?? 0, cells[at + 1] ?? 0];
      if (b === 0) continue;
      const slot = find(wider, a, b);
      wider[2 * slot] = a;
      wider[2 * slot + 1] = b;
    }
    cells = wider;
  };

  // A second half of 0 marks an empty slot.
  const key = (id: string): readonly [number, number] => [high(id), low(id) || 1];

  return {
    has: (id) => cells[2 * find(cells, ...key(id)) + 1] !== 0,
    add: (id) => {
      if (size * 4 > cells.length) grow();
      const [a, b] = key(id);
      const slot = find(cells, a, b);
      if (cells[2 * slot + 1] !== 0) return false;
      cells[2 * slot] = a;
      cells[2 * slot + 1] = b;
      size += 1;
      return true;
    },
  };
};
