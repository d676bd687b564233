/** Signing in. */
export const session = {
  username: 'User name',
  password: 'Password',
  showPassword: 'Show the password',
  signIn: 'Sign in',
  capsLock: 'Caps Lock is on.',
  scanned: 'A record number was scanned. Sign in first, then scan it again.',
  pin: {
    label: 'PIN',
    show: 'Show the PIN',
    password: 'Your password',
    new: 'New PIN, 4 to 8 digits',
    again: 'The same PIN again',
    set: 'Set a PIN',
    change: 'Change PIN',
    why: 'You sign notes and prescriptions with a PIN of your own. Your password says that it is you who sets it.',
    locked:
      'There were too many wrong PINs at this workstation. Give your password once, then the PIN counts again.',
    done: 'Your PIN is set.',
  },
  haveCode: 'I have a code',
  code: {
    title: 'Begin with a one-time code',
    label: 'One-time code',
    hint: 'Twelve letters and digits, as an administrator gave it to you.',
    next: 'Continue',
    back: 'Sign in with a password',
    hello: 'Welcome, {{name}}. Choose a password that only you know.',
    enter: 'Set password and sign in',
  },
  newPassword: {
    label: 'New password',
    hint: 'Several words that do not belong together are strong and easy to keep. You may paste one.',
    again: 'The same password again',
    change: 'Change password',
    done: 'Your password is changed. What was opened elsewhere with the old one has ended.',
  },
  lock: {
    by: {
      person: 'Locked since {{time}}',
      unused: 'Locked since {{time}}, when it was not used',
      system: 'Locked since {{time}}, with the computer',
    },
    kept: 'What was being typed is kept.',
    unlock: 'Unlock',
    withPassword: 'Use the password',
    withPin: 'Use the PIN',
    another: 'Somebody else',
    waiting: 'Locked here, to go on with',
    since: 'since {{time}}',
  },
  bound: {
    soon_one:
      'No contact with the centre since {{since}}. In {{count}} day nobody can sign in or unlock here, unless the centre is reached before. Connect this workstation to the network.',
    soon_other:
      'No contact with the centre since {{since}}. In {{count}} days nobody can sign in or unlock here, unless the centre is reached before. Connect this workstation to the network.',
    over: 'No contact with the centre since {{since}}: that is longer than the clinic allows for signing in and unlocking. What was done here is kept and sent at the next contact, after which it works again by itself. Connect this workstation to the network, or ask an administrator.',
  },
  signOutEverywhere: 'End my sessions everywhere',
  demoPin: 'signs with PIN {{pin}}',
  demo: 'Accounts of the demonstration clinic: choose one to fill it in',
} as const;
