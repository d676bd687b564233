import type { mail as english } from '../en/mail.ts';
import type { Words } from '../words.ts';

export const mail: Words<typeof english> = {
  hello: 'Bonjour {{name}},',
  helloNobody: 'Bonjour,',
  login: 'Connectez-vous à l’espace patient pour en savoir plus.',
  automatic: 'Ce message a été envoyé automatiquement. Les réponses ne sont pas lues.',
  subject: {
    'verify-code': 'Confirmez votre adresse e-mail',
    'reset-code': 'Choisissez un nouveau mot de passe',
    'appointment-confirmed': 'Votre rendez-vous est confirmé',
    'appointment-moved': 'Votre rendez-vous a été déplacé',
    'appointment-proposed': 'Un autre horaire pour votre rendez-vous',
    'appointment-rejected': 'Votre demande de rendez-vous n’a pas pu être acceptée',
    'appointment-cancelled': 'Votre rendez-vous est annulé',
    'link-approved': 'Votre compte a été rattaché',
    'link-refused': 'Votre compte n’a pas pu être rattaché',
  },
  body: {
    'verify-code': 'Saisissez ce code pour confirmer votre adresse e-mail :',
    'reset-code': 'Saisissez ce code pour choisir un nouveau mot de passe :',
    'appointment-confirmed': '{{clinic}} a confirmé votre rendez-vous du {{when}}, {{place}}.',
    'appointment-moved':
      '{{clinic}} a déplacé votre rendez-vous. Il a désormais lieu le {{when}}, {{place}}.',
    'appointment-proposed':
      '{{clinic}} vous propose un autre horaire de rendez-vous : {{when}}, {{place}}. Connectez-vous pour l’accepter ou en choisir un autre.',
    'appointment-rejected':
      '{{clinic}} n’a pas pu accepter votre demande pour le {{when}}. Connectez-vous pour choisir un autre horaire.',
    'appointment-cancelled': 'Votre rendez-vous du {{when}} avec {{clinic}} est annulé.',
    'link-approved': '{{clinic}} a rattaché votre compte aux dossiers que vous aviez demandés.',
    'link-refused':
      '{{clinic}} n’a pas pu rattacher votre compte aux dossiers que vous aviez demandés. Connectez-vous pour en connaître la raison, ou renseignez-vous à l’accueil.',
  },
  codeUntil:
    'Il est valable jusqu’au {{when}}. Ne le donnez à personne : la clinique ne vous le demandera jamais.',
  codeNotAsked: 'Si vous ne l’avez pas demandé, vous n’avez rien à faire.',
};
