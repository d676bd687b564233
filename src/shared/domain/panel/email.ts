/** An e-mail address as an account keeps it: it is compared, so it has one spelling. */
export const readEmail = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase();
