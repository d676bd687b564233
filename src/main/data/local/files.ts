/** The lock is held by whoever runs; it has nothing in it. */
const lock = 'workstation.lock';

/** Whether a file or folder inside a data folder is one of the workstation's own: its database and whatever stands beside it. */
export const isLocalFile = (name: string): boolean => name.startsWith('workstation.') && name !== lock;
