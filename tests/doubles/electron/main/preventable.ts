import type { EventEmitter } from 'node:events';

/** Emits `name` with an event whose default can be prevented, as Electron does; tells whether it was. */
export const emitPreventable = (
  emitter: EventEmitter,
  name: string,
  details: object = {},
  ...more: readonly unknown[]
): boolean => {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
  emitter.emit(name, event, ...more);
  return event.defaultPrevented;
};
