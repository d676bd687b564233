import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deskLetters, nextTicket, publicNumber } from './ticket.ts';

const device = fc.integer({ min: 1, max: 5000 });

describe('a ticket', () => {
  it('counts the workstation\u2019s own tickets of the day and nobody else\u2019s', () => {
    expect(nextTicket(1, [])).toBe('A01');
    expect(nextTicket(1, ['A01', 'B07', 'A02', 'AA30', 'by hand'])).toBe('A03');
    expect(nextTicket(25, ['A01', 'AA30'])).toBe('AA31');
    expect(nextTicket(2, ['B99'])).toBe('B100');
  });

  it('is never the same at two workstations that do not know of each other', () => {
    fc.assert(
      fc.property(device, device, fc.nat(120), fc.nat(120), (one, other, many, more) => {
        const given = (deviceNo: number, count: number) => {
          const tickets: string[] = [];
          for (let n = 0; n < count; n += 1) tickets.push(nextTicket(deviceNo, tickets));
          return tickets;
        };
        const [mine, theirs] = [given(one, many), given(other, more)];
        expect(new Set(mine).size).toBe(many);
        if (one !== other) expect(mine.filter((ticket) => theirs.includes(ticket))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('has letters nobody takes for a digit', () => {
    fc.assert(fc.property(device, (n) => void expect(deskLetters(n)).toMatch(/^[A-HJ-NP-Z]+$/)));
    expect([1, 24, 25, 48, 49].map(deskLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA']);
  });
});

describe('the number a waiting room calls', () => {
  it('is the ticket, else four signs that are the same everywhere', () => {
    expect(publicNumber('01900000-0000-7000-8000-000000000001', 'A07')).toBe('A07');
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(publicNumber(id, null)).toMatch(/^[2-9B-DF-HJ-NP-TV-XZ]{4}$/);
        expect(publicNumber(id, null)).toBe(publicNumber(id, null));
      }),
    );
  });

  it('is of all last parts of an id, not of few', () => {
    // A linear congruential generator's numbers stand for the random ends of ids: Numerical Recipes, chapter 7.1.
    let random = 1;
    const ids = Array.from({ length: 200 }, () => {
      random = (random * 1_664_525 + 1_013_904_223) % 2 ** 32;
      return `01900000-0000-7000-8000-0000${random.toString(16).padStart(8, '0')}`;
    });
    expect(new Set(ids.map((id) => publicNumber(id, null))).size).toBe(200);
  });
});
