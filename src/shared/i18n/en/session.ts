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
  demoPin: 'signs with PIN {{pin}}',
  demo: 'Accounts of the demonstration clinic: choose one to fill it in',
} as const;
