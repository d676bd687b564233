/** What an account and a record have to do with each other: asked for, seen, refused, or over. */
export const linkStatuses = ['requested', 'approved', 'refused', 'ended'] as const;
export type LinkStatus = (typeof linkStatuses)[number];
