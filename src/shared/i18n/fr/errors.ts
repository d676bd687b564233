import type { errors as english } from '../en/errors.ts';
import type { Words } from '../words.ts';

export const errors: Words<typeof english> = {
  'invalid-input': 'Certains champs sont à revoir.',
  'too-large': 'C’est trop long pour un seul envoi. Raccourcissez, puis réessayez.',
  'not-signed-in':
    'Votre session est terminée. Reconnectez-vous ; rien de ce qui était enregistré n’est perdu.',
  'not-permitted': 'Votre rôle ne le permet pas. Adressez-vous à l’administration si besoin.',
  'wrong-credentials': 'Identifiant et mot de passe ne correspondent pas. Vérifiez les deux.',
  'too-many-tries': 'Trop d’essais. Attendez {{seconds}} s, puis réessayez.',
  'not-found': 'Cet élément n’est plus ici. Il a peut-être quitté ce poste.',
  'not-ready': 'Ce poste est encore en préparation. Il sera bientôt prêt.',
  'lease-expired':
    'Ce poste est sans contact avec le centre depuis trop longtemps et reste fermé jusqu’au prochain contact. Rien n’est perdu : connectez-le au réseau.',
  wiped:
    'Un administrateur a effacé ce poste. Sa copie du cabinet n’existe plus ; ce qui a été fait ici est au centre.',
  'slot-taken': 'Cet horaire vient d’être pris. Choisissez-en un autre.',
  'slot-held': 'Cet horaire est en cours de réservation : {{name}}. Choisissez-en un autre.',
  'clock-change': 'Les horloges sautent cette heure.',
  'in-the-past': 'Cette heure est passée.',
  'patient-busy': 'Le patient a un autre rendez-vous à cette heure.',
  'outside-schedule': 'Le médecin ne consulte pas à cette heure ni à cet endroit.',
  'on-leave': 'Le médecin est absent à ce moment : {{name}}. Choisissez une autre heure ou un autre médecin.',
  'room-needed':
    'Ce type de visite demande une salle, et le médecin n’en a pas à ce moment. Choisissez une autre heure.',
  'visit-type-full':
    '{{name}} : le médecin en prend {{count}} par jour, et ce jour est complet. Choisissez un autre jour.',
  'too-soon': '{{name}} se réserve au moins {{hours}} h à l’avance. Choisissez une heure plus tardive.',
  'too-far': '{{name}} se réserve au plus {{days}} jours à l’avance. Choisissez un jour plus proche.',
  'changed-meanwhile': 'Quelqu’un a modifié ceci entre-temps. Regardez le nouvel état, puis réessayez.',
  duplicate: 'Il semble que cela existe déjà.',
  'same-record': 'C’est un seul et même dossier.',
  'merged-already': 'L’un des deux a déjà été fusionné. Regardez le dossier conservé.',
  'not-merged': 'Ce dossier n’est pas fusionné avec un autre.',
  'clinical-since':
    'Une donnée clinique a été saisie depuis pour ce patient. L’action ne peut plus être annulée : passez à l’étape suivante.',
  busy: 'Une autre opération est en cours. Attendez sa fin, puis réessayez.',
  'too-many-windows': '{{count}} autres fenêtres sont déjà ouvertes. Fermez-en une, puis réessayez.',
  unavailable: 'Le poste ne répond pas. Votre saisie est conservée ; réessayez dans un instant.',
  'centre-unavailable': 'Le centre ne répond pas. Réessayez quand ce poste sera connecté.',
  internal: 'Un problème est survenu sur ce poste. Rien n’a changé ; réessayez.',
  field: {
    required: 'À remplir.',
    'one-name': 'À remplir, ou mettez un tiret (-) pour une personne qui n’a qu’un seul nom.',
    name: 'Écrivez le nom en lettres, sans images.',
    characters: 'Retirez les caractères invisibles.',
    'too-long': 'C’est trop long.',
    invalid: 'À vérifier.',
    date: 'Écrivez une date, par exemple 24/11/1980 ou 24 nov 1980.',
    'birth-impossible': 'Ce jour n’existe pas. Vérifiez le jour et le mois.',
    'birth-future': 'Ce jour est à venir. Vérifiez l’année.',
    'birth-too-old': 'Il y a plus de 125 ans. Vérifiez l’année.',
    phone: 'Écrivez le numéro en chiffres, par exemple +250 788 123 456.',
    email: 'Vérifiez l’adresse e-mail.',
    everywhere: 'Tapez le numéro de dossier, ou la date de naissance complète et un nom.',
    order: 'La fin doit venir après le début.',
    duplicate: 'Ce nom existe déjà.',
    already: 'Cela est déjà enregistré.',
    photo: 'Cette image est illisible. Choisissez un fichier JPEG, PNG ou WebP.',
    'photo-too-large': 'Ce fichier dépasse 20 Mo. Choisissez une image plus petite.',
    country: 'Utilisez les deux lettres du pays, par exemple RW.',
  },
};
