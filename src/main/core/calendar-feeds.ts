/** A calendar as a program that subscribes to it reads it. */
export interface ReadFeed {
  /** The same for as long as nothing in it changes. */
  readonly version: string;
  text(): string;
}

export interface CalendarFeeds {
  /** Null for a secret nobody has, or that was revoked: they cannot be told apart. Throws a `LocalError` as any reading does. */
  read(token: string): ReadFeed | null;
}
