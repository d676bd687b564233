import { type Answers, type AsksOfMain, type AsksOfPages, type Link, openLink } from '../link.ts';

let link: Link<AsksOfPages> | null = null;

/** Joins this process to the one that holds the pages. When that one goes, so does this: nobody else would end it. */
export const connectPages = (answers: Answers<AsksOfMain>): void => {
  if (process.send === undefined) throw new Error('start the double with a child-process channel (fork)');
  link = openLink<AsksOfPages, AsksOfMain>(
    {
      send: (message) => {
        if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
      },
      onMessage: (listener) => process.on('message', listener),
    },
    answers,
  );
  process.on('disconnect', () => process.exit(1));
};

/** Asks the pages' half. */
export const askPages: Link<AsksOfPages>['ask'] = (name, ask) => {
  if (link === null) throw new Error('the pages are not connected yet');
  return link.ask(name, ask);
};
