/** Letters nobody mishears or misreads as a digit. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
/** No vowels: a number makes no word and no initials. */
const signs = '23456789BCDFGHJKLMNPQRSTVWXZ';

/**
 * The letters of a workstation's tickets, from its number at the centre: 1 is A, 25 is AA. Each workstation has its own, so two
 * without a network never give the same ticket.
 */
export const deskLetters = (deviceNo: number): string => {
  let left = deviceNo;
  let text = '';
  while (left > 0) {
    left -= 1;
    text = (letters[left % letters.length] ?? '') + text;
    left = Math.floor(left / letters.length);
  }
  return text;
};

const numberOf = (ticket: string, desk: string): number => {
  const number = ticket.startsWith(desk) ? ticket.slice(desk.length) : '';
  return /^\d{2,}$/.test(number) ? Number(number) : 0;
};

/** The next ticket of a workstation after those of the day, `A01`; tickets of other workstations do not count. */
export const nextTicket = (deviceNo: number, ofTheDay: readonly string[]): string => {
  const desk = deskLetters(deviceNo);
  const last = Math.max(0, ...ofTheDay.map((ticket) => numberOf(ticket, desk)));
  return `${desk}${String(last + 1).padStart(2, '0')}`;
};

/**
 * What a waiting room calls somebody: the ticket of who came without an appointment, else four signs that follow from the
 * appointment's id (its last 32 bits), so that two desks without a network never give one patient two numbers.
 */
export const publicNumber = (id: string, ticket: string | null): string => {
  if (ticket !== null) return ticket;
  let left = Number.parseInt(id.replaceAll('-', '').slice(-8), 16);
  let text = '';
  for (let place = 0; place < 4; place += 1) {
    text = (signs[left % signs.length] ?? '') + text;
    left = Math.floor(left / signs.length);
  }
  return text;
};
