/** How this workstation stands with the centre. */
export const sync = {
  pill: {
    live: 'Live',
    waiting_one: '{{count}} waiting',
    waiting_other: '{{count}} waiting',
    attention_one: '{{count}} needs you',
    attention_other: '{{count}} need you',
    offline: 'Offline',
    offlineSince: 'Offline since {{time}}',
    preparing: 'Preparing',
    stopped: 'Stopped',
    unreachable: 'Not answering',
    open: '{{state}}. Open the connection to the centre',
  },
  panel: {
    title: 'Connection to the centre',
    lastContact: 'Last contact',
    never: 'not yet',
    progress: 'Changes from the centre',
    received: '{{done}} of {{total}}',
    behind_one: '{{count}} change behind',
    behind_other: '{{count}} changes behind',
    retry: 'Try now',
    parked: 'Needs you',
    waiting: 'Waits for the centre',
    nothing: 'Everything done here has reached the centre.',
    resend: 'Send again',
    withdraw: 'Withdraw',
    withdrawSure: 'Withdraw for good',
    resent: 'Sent again',
    withdrawn: 'Withdrawn. It stays in the history of this workstation.',
    tasks_one: '{{count}} booking needs another time',
    tasks_other: '{{count}} bookings need another time',
    openTasks: 'Open tasks',
    by: 'by {{name}}',
    lease_one:
      'This workstation closes in {{count}} day unless it reaches the centre before. Nothing here is lost.',
    lease_other:
      'This workstation closes in {{count}} days unless it reaches the centre before. Nothing here is lost.',
    mirrorBehind:
      'The disk is full or failing: the second copy of what waits here cannot be written. Make room on the disk.',
  },
  rebuilt: {
    saved_one:
      'The copy on this computer was damaged. It was put aside ({{at}}) and is made anew from the centre. {{count}} piece of work was saved and is sent again by itself.',
    saved_other:
      'The copy on this computer was damaged. It was put aside ({{at}}) and is made anew from the centre. {{count}} pieces of work were saved and are sent again by themselves.',
    lost_one: '{{count}} record at least could not be saved. Look through what was done here last.',
    lost_other: '{{count}} records at least could not be saved. Look through what was done here last.',
    unknown: 'Whether all of it was saved cannot be told. Look through what was done here last.',
  },
  problem: {
    unreachable: 'The centre cannot be reached. Go on working: everything is kept here and sent later.',
    suspended:
      'An administrator has suspended this workstation. What is here is kept; ask the administrator.',
    cloned:
      'Another computer uses a copy of this workstation’s data. Nothing is sent until an administrator has settled it.',
    outdated: 'This version is too old for the centre. Update ClinicHub; what waits here is kept.',
    'centre-outdated':
      'The centre is of an earlier version and must be updated first. Go on working: everything is kept here and sent later.',
    'login-refused': 'The centre refuses this workstation’s login. Ask the administrator.',
    untrusted:
      'What answers at the centre’s address cannot prove that it is the centre, so nothing is sent. Ask the administrator: the certificate may have changed or expired.',
    wipe: 'An administrator has ordered this workstation to be wiped. What was done here is sent to the centre first.',
    failed: 'Something went wrong while sending. It is tried again by itself.',
  },
  kind: {
    'patient-register': 'Register patient',
    'patient-update': 'Change patient',
    'appointment-book': 'Book',
    'appointment-move': 'Move appointment',
    'appointment-cancel': 'Cancel appointment',
    'patient-open': 'Opened a patient',
    'appointment-reinstate': 'Put appointment back',
    'appointment-accept': 'Accept request',
    'appointment-reject': 'Reject request',
    'appointment-propose': 'Propose another time',
    'task-close': 'Close task',
    'session-sign-in': 'Sign-in',
    'session-sign-out': 'Sign-out',
    import: 'Import',
    other: 'Change',
  },
  refused: {
    noSuchRow: 'It depends on a change that the centre refused.',
    notAllowed: 'The centre does not allow this change from here.',
    alreadyThere: 'The centre has this already.',
    badValue: 'The centre does not accept a value in it.',
    program: 'The centre and this version do not understand each other. An administrator should update it.',
    other: 'The centre refused it.',
  },
} as const;
