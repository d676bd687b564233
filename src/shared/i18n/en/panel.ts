/** What a patient sees of the clinic. */
export const panel = {
  title: 'My clinic',
  stillSignedIn: 'You are still signed in: there is no connection. Try again before you leave this device.',
  signOut: 'Sign out',
  back: 'Back',
  notLoaded: 'This page could not be loaded. Check your internet connection, then try again.',
  place: {
    home: 'Home',
    appointments: 'Appointments',
    records: 'Health records',
    prescriptions: 'Prescriptions',
    billing: 'Billing',
    profile: 'Profile',
  },
} as const;
