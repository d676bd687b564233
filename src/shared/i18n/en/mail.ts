export const mail = {
  hello: 'Hello {{name}},',
  helloNobody: 'Hello,',
  login: 'Log in to the patient panel to see more.',
  automatic: 'This message was sent automatically. Nobody reads answers to it.',
  subject: {
    'verify-code': 'Confirm your e-mail address',
    'reset-code': 'Choose a new password',
    'appointment-confirmed': 'Your appointment is confirmed',
    'appointment-moved': 'Your appointment was moved',
    'appointment-proposed': 'Another time for your appointment',
    'appointment-rejected': 'Your appointment request could not be accepted',
    'appointment-cancelled': 'Your appointment was cancelled',
    'link-approved': 'Your account was linked',
    'link-refused': 'Your account could not be linked',
    'already-registered': 'You have an account already',
    'password-changed': 'Your password was changed',
    'email-changed': 'Your e-mail address was changed',
  },
  body: {
    'verify-code': 'Type this code to confirm your e-mail address:',
    'reset-code': 'Type this code to choose a new password:',
    'appointment-confirmed': '{{clinic}} has confirmed your appointment on {{when}}, {{place}}.',
    'appointment-moved': '{{clinic}} has moved your appointment. It is now on {{when}}, {{place}}.',
    'appointment-proposed':
      '{{clinic}} proposes another time for your appointment: {{when}}, {{place}}. Log in to accept it or to choose another.',
    'appointment-rejected':
      '{{clinic}} could not accept your request for {{when}}. Log in to choose another time.',
    'appointment-cancelled': 'Your appointment with {{clinic}} on {{when}} was cancelled.',
    'link-approved': '{{clinic}} has linked your account to the records you asked for.',
    'link-refused':
      '{{clinic}} could not link your account to the records you asked for. Log in to see why, or ask at reception.',
    'already-registered':
      'Somebody tried to register with this address. It has an account with {{clinic}} already: log in with its password, or choose ‘Forgotten password’ there. If that does not help, ask at reception. If it was not you, you need do nothing.',
    'password-changed':
      'The password of your account with {{clinic}} was changed. If it was not you, choose a new one with ‘Forgotten password’ and tell reception.',
    'email-changed':
      'Your account with {{clinic}} now has another e-mail address. This one no longer belongs to it. If it was not you, tell reception at once.',
  },
  codeUntil: 'It counts until {{when}}. Give it to nobody: the clinic never asks for it.',
  codeNotAsked: 'If you did not ask for it, you need do nothing.',
  /** To an administrator, of the host they sit at. */
  note: {
    waiting_one:
      'An e-mail has been waiting since {{since}}: the mail server does not take it. The log says why.',
    waiting_other:
      '{{count}} e-mails are waiting, the first since {{since}}: the mail server does not take them. The log says why.',
    refused_one: 'An e-mail of the last seven days was refused, mostly because nobody has that address.',
    refused_other:
      '{{count}} e-mails of the last seven days were refused, mostly because nobody has those addresses.',
    late_one: 'An e-mail of the last seven days was given up: the mail server was out of reach for too long.',
    late_other:
      '{{count}} e-mails of the last seven days were given up: the mail server was out of reach for too long.',
  },
} as const;
