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
  chooseBackups: 'Where backups are put a second time',
  stoppedAgain: {
    title: 'ClinicHub stopped several times',
    text: 'It met an error again and again, and does not start by itself any more. What was saved is safe, here and in what waits for the centre. Start it once more. If this comes back, tell the administrator: where it stopped is written in {{folder}}, without patient data.',
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
      'This workstation has not been told where the centre is. Start it once with --enrol and the code the administrator got when enrolling it. The address is then kept in the keyring.',
    keyMissing:
      'There is a database in the data folder and its key is not in the keyring of this system. It was made by another user, on another PC or by the headless host. Start it there, or name another folder with --data. Nothing was changed.',
    wiped:
      'This workstation was wiped by an administrator. Nothing of the clinic is left here. To use this computer again, ask for an enrolment code and start once with --enrol.',
    enrolment: {
      'not-a-code':
        'This is no enrolment code. Paste the whole text the administrator got: it begins with CH1.',
      'newer-code': 'This enrolment code is of a later version of ClinicHub. Update ClinicHub, then use it.',
      'cut-code':
        'The enrolment code is not whole: its end is missing. Copy it once more, from CH1. to the last character.',
      'mistyped-code':
        'The enrolment code does not fit its check sum: a character is wrong or missing. Copy it once more.',
      'bad-address':
        'The enrolment code names a centre that cannot be used. Ask the administrator for a new one.',
      'used-code':
        'This enrolment code has been used already, or was withdrawn. Ask the administrator for a new one; if nobody of the clinic has used it, say so.',
      'expired-code': 'This enrolment code has expired. Ask the administrator for a new one.',
      'refused-code':
        'The centre has suspended this workstation before it was set up. Ask the administrator.',
      'untrusted-centre':
        'What answers at the centre’s address cannot prove that it is the centre, so the code was not sent. Ask the administrator for a code with the authority’s certificate, or give its file with --ca.',
      'bad-certificate': 'The file given with --ca holds no certificate in PEM form, or cannot be read.',
    },
    debugging:
      'ClinicHub does not start with remote debugging: that would open patient data to other programs.',
    other: 'Something went wrong: {{reason}}. What was saved is safe.',
  },
} as const;
