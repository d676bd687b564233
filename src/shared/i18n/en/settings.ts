/** What the clinic sets for itself. */
export const settings = {
  title: 'Settings',
  hint: 'What counts where nothing is set is shown in grey. A change counts here at once, and at every other workstation with its next contact.',
  group: {
    booking: 'Booking',
    visits: 'Waiting and late',
    desk: 'Registration and files',
    print: 'Head of what is printed',
    session: 'Signing in',
    audit: 'Audit trail',
  },
  name: {
    booking: {
      'lead-minutes': 'Shortest notice',
      'horizon-days': 'Furthest ahead',
      'hold-minutes': 'How long a time is held',
    },
    visits: {
      'late-minutes': 'Late after',
      'long-wait-minutes': 'Long wait from',
      'too-long-wait-minutes': 'Too long a wait from',
    },
    desk: { country: 'Country of phone numbers', 'most-megabytes': 'Largest attachment' },
    print: { name: 'Name', address: 'Address', phone: 'Phone' },
    session: {
      'idle-lock-minutes': 'Lock when nobody is at the desk',
      'offline-sign-in-days': 'Signing in without the centre',
    },
    audit: { 'keep-years': 'How long it is kept' },
  },
  about: {
    booking: {
      'lead-minutes':
        'How long before it begins a visit is booked at the latest, where its visit type does not say. A reason books it anyway.',
      'horizon-days':
        'How far ahead a visit is booked at most, where its visit type does not say. A reason books it anyway.',
      'hold-minutes': 'While a booking is filled in, other desks do not offer its time for so long.',
    },
    visits: {
      'late-minutes': 'From so long after its time a patient who has not come counts as late.',
      'long-wait-minutes': 'From then on a wait is amber on the day board and in the queue.',
      'too-long-wait-minutes': 'From then on it is red.',
    },
    desk: {
      country: 'How a phone number without its country is read.',
      'most-megabytes': 'A larger file is refused before anything of it is sent.',
    },
    print: {
      name: 'On letters, prescriptions, labels and lists, where it is not the name of the site.',
      address: 'On letters, prescriptions and lists, where it is not the address of the site.',
      phone: 'On letters, prescriptions and lists, where it is not the phone of the site.',
    },
    session: {
      'idle-lock-minutes': 'After so long without a key or the mouse a workstation locks.',
      'offline-sign-in-days': 'For so long after its last contact people can sign in at a workstation.',
    },
    audit: {
      'keep-years':
        'At the centre; only what is older may be put into an archive. Six years are the least, your law may ask for more.',
    },
  },
  unit: {
    minutes_one: '{{count}} minute',
    minutes_other: '{{count}} minutes',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
    years_one: '{{count}} year',
    years_other: '{{count}} years',
    megabytes_one: '{{count}} MB',
    megabytes_other: '{{count}} MB',
  },
  unitOf: { minutes: 'minutes', days: 'days', years: 'years', megabytes: 'MB' },
  bounds: 'From {{least}} to {{most}} {{unit}}.',
  usual: 'Usually: {{value}}.',
  atAnyTime: 'at any time',
  none: {
    booking: 'no limit',
    audit: 'for good',
    line: 'as the site says of itself',
    country: 'that of the site’s own number',
  },
  noLimit: 'No limit here',
  clinic: 'Whole clinic',
  sites: 'Sites that differ',
  sitesHint: 'Leave a field empty where the site is as the clinic.',
  asClinic: 'as the clinic',
  asUsual: 'as usual: {{value}}',
  differs_one: '{{count}} site differs',
  differs_other: '{{count}} sites differ',
  notUnderstood:
    'Something is written here that this version cannot read: {{written}}. It does not count; set a value to replace it.',
  notUnderstoodShort: 'cannot be read',
  unknown_one:
    '{{count}} setting is of a later version. It is kept, and counts at workstations that know it.',
  unknown_other:
    '{{count}} settings are of a later version. They are kept, and count at workstations that know them.',
  changedMeanwhile: 'Set elsewhere meanwhile: {{value}}. Saving puts yours in its place.',
  saved: '{{name}} is set.',
} as const;
