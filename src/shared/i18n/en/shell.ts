/** What the desktop itself says: its menu, and why it cannot start. */
export const shell = {
  menu: {
    file: 'File',
    quit: 'Quit ClinicHub',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    view: 'View',
    reload: 'Reload the screen',
    actualSize: 'Actual size',
    zoomIn: 'Larger',
    zoomOut: 'Smaller',
    fullScreen: 'Full screen',
    window: 'Window',
    minimize: 'Minimize',
  },
  cannotStart: {
    title: 'ClinicHub cannot start',
    noKeyring:
      'This system offers no keyring to keep secrets in. ClinicHub keeps the key of its encrypted database there and does not store it in the open. Install and unlock a keyring (GNOME Keyring or KWallet), sign in to the desktop again, then start ClinicHub once more. Nothing was changed.',
    keyringLocked:
      'The keyring of this system is locked or not available. ClinicHub keeps the key of its encrypted database there. Unlock it, then start ClinicHub once more. Nothing was changed.',
    unreadable:
      'A secret of this workstation was sealed with another keyring or by another user of this PC and cannot be read. Sign in to the system as the user who set ClinicHub up. Nothing was changed.',
    noCentre:
      'This workstation has not been told where the centre is. Start it once with --centre and the address the administrator got when enrolling it. It is then kept in the keyring.',
    keyMissing:
      'There is a database in the data folder and its key is not in the keyring of this system. It was made by another user, on another PC or by the headless host. Start it there, or name another folder with --data. Nothing was changed.',
    debugging:
      'ClinicHub does not start with remote debugging: that would open patient data to other programs.',
    other: 'Something went wrong: {{reason}}. What was saved is safe.',
  },
} as const;
