import type { errors as english } from '../en/errors.ts';
import type { Words } from '../words.ts';

export const errors: Words<typeof english> = {
  'invalid-input': 'Certains champs sont à revoir.',
  'needs-confirming': 'Une valeur est peu probable. Vérifiez, puis confirmez.',
  'too-large': 'C’est trop long pour un seul envoi. Raccourcissez, puis réessayez.',
  'not-signed-in':
    'Votre session est terminée. Reconnectez-vous ; rien de ce qui était enregistré n’est perdu.',
  locked:
    'La session est verrouillée. Déverrouillez-la pour continuer ; rien de ce qui était gardé n’est perdu.',
  'not-permitted': 'Votre rôle ne le permet pas. Adressez-vous à l’administration si besoin.',
  restricted: 'Ce dossier est restreint. Dites pourquoi vous devez le voir et il s’ouvre pour une heure.',
  'not-approved':
    'La clinique doit encore confirmer de qui il s’agit. D’ici là, vous pouvez prendre rendez-vous, mais le dossier reste fermé.',
  'not-released': 'La clinique ne montre pas cela ici. Demandez-lui ce que vous avez besoin de savoir.',
  'patient-account':
    'C’est le compte d’un patient. Il n’ouvre pas un poste de la clinique : connectez-vous avec un compte du personnel.',
  'wrong-credentials': 'Identifiant et mot de passe ne correspondent pas. Vérifiez les deux.',
  'password-elsewhere':
    'Votre mot de passe a été choisi sur un autre poste au même moment, et c’est celui-là qui compte. Connectez-vous avec celui que vous y avez choisi, ou demandez un nouveau code à un administrateur.',
  'wrong-code':
    'Le nom d’utilisateur et le code ne correspondent pas, ou le code a déjà servi. Vérifiez les deux, ou demandez un nouveau code à un administrateur.',
  'code-used': 'Ce code a déjà servi, ou n’est plus valable. Demandez-en un nouveau à l’accueil.',
  'account-exists':
    'Il existe déjà un compte avec cette adresse. Connectez-vous, ou choisissez un nouveau mot de passe.',
  'account-elsewhere':
    'Cette adresse a été inscrite au même moment sur deux sites de la clinique, et c’est l’autre compte qui compte. Connectez-vous avec son mot de passe, ou choisissez-en un nouveau avec « Mot de passe oublié ».',
  'too-many-codes':
    'Assez de codes ont été envoyés pour l’instant. Regardez dans votre boîte de réception, aussi dans les indésirables, et réessayez dans {{minutes}} minutes.',
  'mail-off': 'Cette clinique n’envoie pas d’e-mails d’ici pour le moment. Renseignez-vous à l’accueil.',
  'too-many-links': 'Un compte ne peut pas en demander davantage. Renseignez-vous à l’accueil.',
  'already-linked': 'Votre compte y a déjà accès.',
  'code-expired': 'Ce code est trop ancien. Demandez-en un nouveau à un administrateur.',
  'last-administrator':
    'C’est le seul administrateur qui puisse encore se connecter. Nommez d’abord un autre administrateur.',
  'too-many-tries': 'Trop d’essais. Attendez {{seconds}} s, puis réessayez.',
  'wrong-password': 'Ce n’est pas votre mot de passe. Rien n’a changé.',
  'wrong-pin': 'Ce n’est pas votre code PIN. Essais restants avant le mot de passe : {{left}}.',
  'no-pin': 'Vous n’avez pas encore de code PIN. Choisissez-en un d’abord.',
  'pin-locked': 'Trop de codes PIN erronés. Votre mot de passe est demandé une fois.',
  'not-found': 'Cet élément n’est plus ici. Il a peut-être quitté ce poste.',
  'not-ready': 'Ce poste est encore en préparation. Il sera bientôt prêt.',
  'lease-expired':
    'Ce poste est sans contact avec le centre depuis trop longtemps et reste fermé jusqu’au prochain contact. Rien n’est perdu : connectez-le au réseau.',
  'offline-too-long':
    'Ce poste n’a pas joint le centre depuis {{days}} jours, plus que la clinique ne le permet pour ouvrir une session. Ce qui a été fait ici est gardé et sera envoyé au prochain contact : connectez-le au réseau ou adressez-vous à un administrateur.',
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
  'too-soon':
    'Une telle visite se réserve au moins {{hours}} h à l’avance. Choisissez une heure plus tardive.',
  'too-far': 'Une telle visite se réserve au plus {{days}} jours à l’avance. Choisissez un jour plus proche.',
  'booking-off': 'Les rendez-vous ne s\u2019y prennent pas ici. Veuillez appeler l\u2019\u00e9tablissement.',
  'booking-refused':
    'L\u2019\u00e9tablissement n\u2019a pas pu prendre ce rendez-vous. Veuillez l\u2019appeler.',
  'most-booked':
    'Vous avez d\u00e9j\u00e0 {{count}} rendez-vous \u00e0 venir, le maximum pris ici. Annulez-en un, ou appelez l\u2019\u00e9tablissement.',
  'booked-that-day':
    'Il y a d\u00e9j\u00e0 un rendez-vous avec ce m\u00e9decin ce jour-l\u00e0. Choisissez un autre jour, ou d\u00e9placez-le.',
  'too-late':
    'Moins de {{hours}} h avant le rendez-vous, il faut appeler l\u2019\u00e9tablissement pour le changer.',
  'practitioner-booked':
    'Ce médecin a encore des rendez-vous : {{count}}. Trouvez-leur d’autres heures sous Absence, puis mettez fin à son activité.',
  'place-booked':
    'Il y a encore des rendez-vous : {{count}}. Déplacez-les sur le planning du jour, puis fermez.',
  'place-in-hours':
    'Il y a encore des horaires : {{count}}. Modifiez-les ou mettez-y fin sous Planning, puis fermez.',
  'zone-booked':
    'Il y a encore des rendez-vous : {{count}}. Un autre fuseau horaire les déplacerait ; déplacez-les ou annulez-les d’abord.',
  'part-of-clinic':
    'Ce poste n’a pas les rendez-vous de tous les sites et ne peut donc pas le savoir. Faites-le à un poste qui les a.',
  'site-closed': 'Son site est fermé. Ouvrez d’abord le site.',
  'changed-meanwhile': 'Quelqu’un a modifié ceci entre-temps. Regardez le nouvel état, puis réessayez.',
  'no-till':
    'Les espèces vont dans une caisse, et vous n’en avez pas d’ouverte dans cette monnaie. Ouvrez la vôtre sous Facturation, Caisse, puis encaissez : ce que vous avez saisi est toujours là.',
  'no-currency': 'La clinique n’a pas encore de monnaie. Choisissez-la d’abord sous Tarifs.',
  'till-open': '{{name}} a déjà ouvert cette caisse. Il faut d’abord la remettre ou la fermer.',
  'till-yours-open': 'Vous avez déjà une caisse ouverte : {{till}}. Remettez-la ou fermez-la d’abord.',
  'till-not-yours': 'Cette caisse est celle d’un autre caissier.',
  'till-not-open': 'Cette caisse n’est pas ouverte.',
  'till-closed': 'Cette caisse est déjà fermée. Rien n’a été changé.',
  'till-not-closed': 'Cette caisse n’est pas encore fermée.',
  'till-not-counted': 'Il faut d’abord compter le tiroir.',
  'till-counted': 'Le tiroir est compté. Il n’est recompté que si quelqu’un refuse le comptage.',
  'till-variance': 'Il y a un écart. Quelqu’un d’autre doit d’abord l’accepter.',
  'till-not-signed':
    'Il n’y a rien à signer ici pour vous : une caisse se signe une fois, quand elle est fermée.',
  'colleague-no-pin':
    '{{name}} n’a pas encore de code PIN. Il se choisit sous son propre nom, en haut à droite, après la connexion.',
  'claim-answered': 'Le payeur a déjà répondu à cette demande. Elle reste.',
  'same-person': 'Quelqu’un d’autre doit le faire : pas la personne qui a ouvert ou compté la caisse.',
  duplicate: 'Il semble que cela existe déjà.',
  'allergies-recorded': 'Des allergies sont enregistrées. Réfutez-les ou retirez-les d’abord.',
  'same-record': 'C’est un seul et même dossier.',
  'merged-already': 'L’un des deux a déjà été fusionné. Regardez le dossier conservé.',
  'not-merged': 'Ce dossier n’est pas fusionné avec un autre.',
  'clinical-since':
    'Une donnée clinique a été saisie depuis pour ce patient. L’action ne peut plus être annulée : passez à l’étape suivante.',
  'override-needed':
    'Un contrôle signale quelque chose de grave. Dites pour chaque point pourquoi vous continuez, ou modifiez la prescription.',
  forked:
    'Deux postes ont rédigé cette prescription différemment. Un médecin doit d’abord dire laquelle est valable.',
  'not-active': 'Cette prescription n’est pas active. Seule une prescription active est délivrée.',
  'more-than-left': 'C’est plus que ce qui reste : {{left}}. Délivrez moins, ou notez pourquoi.',
  'batch-expired': 'Le lot {{lot}} est périmé. Il n’est pas délivré : choisissez un autre lot.',
  'batch-recalled': 'Le lot {{lot}} a été rappelé. Il n’est pas délivré : choisissez un autre lot.',
  'stock-short':
    'D’après les mouvements, seuls {{left}} du lot {{lot}} peuvent être pris. Prenez moins, ou corrigez d’abord la quantité.',
  'draft-elsewhere': 'Cette note a été complétée dans une autre fenêtre. Relisez-la avant de signer.',
  'file-too-large':
    'Ce fichier dépasse {{mb}} Mo. Rien n’en a été pris. Réduisez-le, par exemple en numérisant avec moins de points, puis joignez-le à nouveau.',
  'file-type':
    'Seuls des images (JPEG, PNG, WebP) et des PDF peuvent être joints. Ce fichier n’est ni l’un ni l’autre, quel que soit son nom.',
  'file-damaged':
    'Ce fichier est abîmé ou incomplet : il ne s’ouvre pas. Rien n’a été joint ; récupérez-le ou numérisez-le à nouveau.',
  'upload-lost': 'Le fichier n’est pas arrivé en entier. Rien n’a été joint ; choisissez-le à nouveau.',
  'disk-full':
    'Le disque n’a pas la place d’une deuxième copie de la base, qu’il faut un moment. Rien n’a été modifié. Faites de la place, puis réessayez.',
  'key-not-changed':
    'La clé n’a pas été changée, et tout est resté comme avant. Réessayez ; si cela revient, enregistrez le fichier de diagnostic pour la personne qui vous aide.',
  busy: 'Une autre opération est en cours. Attendez sa fin, puis réessayez.',
  'too-many-windows': '{{count}} autres fenêtres sont déjà ouvertes. Fermez-en une, puis réessayez.',
  unavailable: 'Le poste ne répond pas. Votre saisie est conservée ; réessayez dans un instant.',
  'centre-unavailable': 'Le centre ne répond pas. Réessayez quand ce poste sera connecté.',
  'codes-forbidden':
    'Cette clinique ne crée les codes des postes qu’au centre. Aucun code n’a été créé ; adressez-vous à la personne qui s’occupe du centre (npm run central -- enrol).',
  'codes-used-up':
    'Autant de codes que cette clinique le permet ont été créés en un jour. Aucun code n’a été créé ; réessayez demain, ou adressez-vous à la personne qui s’occupe du centre (npm run central -- screen-codes).',
  internal: 'Un problème est survenu sur ce poste. Rien n’a changé ; réessayez.',
  field: {
    required: 'À remplir.',
    'one-name': 'À remplir, ou mettez un tiret (-) pour une personne qui n’a qu’un seul nom.',
    name: 'Écrivez le nom en lettres, sans images.',
    characters: 'Retirez les caractères invisibles.',
    'too-long': 'C’est trop long.',
    invalid: 'À vérifier.',
    'out-of-bounds': 'Ce n’est pas possible ici. Choisissez une valeur dans les limites.',
    date: 'Écrivez une date, par exemple 24/11/1980 ou 24 nov 1980.',
    'birth-impossible': 'Ce jour n’existe pas. Vérifiez le jour et le mois.',
    'birth-future': 'Ce jour est à venir. Vérifiez l’année.',
    'birth-too-old': 'Il y a plus de 125 ans. Vérifiez l’année.',
    'time-zone': 'Choisissez un fuseau horaire de la liste, par exemple Africa/Kigali.',
    phone: 'Écrivez le numéro en chiffres, par exemple +250 788 123 456.',
    email: 'Vérifiez l’adresse e-mail.',
    mrn: 'Ce n’est pas un numéro de dossier : le dernier signe ne correspond pas aux autres.',
    everywhere: 'Tapez le numéro de dossier, ou la date de naissance complète et un nom.',
    'above-zero': 'Écrivez un nombre supérieur à zéro.',
    'two-numbers': 'Cela se lit de deux façons. Écrivez par exemple 1500 ou 1,5.',
    repeats: 'Écrivez un nombre entier de 0 à 24.',
    frequency: 'Écrivez la fréquence, par exemple 3x/j, toutes les 8 heures ou au coucher.',
    duration: 'Écrivez la durée, par exemple 7j, 2 semaines ou 1/12, deux ans au plus.',
    order: 'La fin doit venir après le début.',
    'own-hours':
      'Ces heures en chevauchent d\u2019autres de ce médecin le même jour de la semaine. Modifiez ou retirez d\u2019abord celles-là.',
    rate: 'C’est plus de 100 %. Pour 13 %, écrivez 13.',
    'rate-decimals': 'Écrivez au plus deux chiffres après la virgule, par exemple 5,25.',
    'no-price': 'Il n’y a pas de prix ici aujourd’hui. Fixez-en un sous Tarifs.',
    duplicate: 'Ce nom existe déjà.',
    already: 'Cela est déjà enregistré.',
    photo: 'Cette image est illisible. Choisissez un fichier JPEG, PNG ou WebP.',
    'photo-too-large': 'Ce fichier dépasse 20 Mo. Choisissez une image plus petite.',
    'booked-there':
      'Des rendez-vous avec ce médecin sont prévus sur un site retiré. Trouvez-leur d’abord d’autres heures.',
    'hours-there': 'Des horaires sont sur un site retiré. Mettez-y d’abord fin sous Planning.',
    'not-their-site':
      'Le médecin ne travaille pas sur ce site. Ajoutez d’abord le site au médecin, sous Clinique.',
    'minor-units': 'Cette monnaie n’a pas de si petites unités. Enlevez les chiffres après la virgule.',
    'too-much': 'C’est plus qu’un montant ne peut être.',
    'more-than-open': 'C’est plus que le reste dû. Encaissez moins, ou prenez le surplus en acompte.',
    'more-than-left': 'C’est plus que ce qu’il en reste.',
    'more-than-open-or-left': 'C’est plus que le reste dû, ou plus que ce qu’il reste de l’acompte.',
    'other-currency': 'Cela se paie dans une autre monnaie.',
    'tendered-too-little': 'Moins a été remis que payé. Vérifiez les deux montants.',
    'not-issued': 'Cette facture n’est pas émise : rien ne peut y être payé.',
    'too-many': 'C’est plus que ce qui peut se compter.',
    moved: 'Des quantités sont déjà comptées dans cette unité : elle reste.',
    sum: 'Les lots ne font pas la quantité délivrée.',
    circle: 'Personne n’est supervisé par quelqu’un qu’il supervise.',
    username: 'Utilisez des minuscules sans accent, des chiffres et, à l’intérieur, . - _',
    'password-name':
      'N’utilisez ni votre nom, ni votre nom d’utilisateur, ni celui de la clinique : on les essaie en premier.',
    'password-common':
      'Ce mot de passe, ou un autre très proche, figure sur toutes les listes courantes. Choisissez-en un autre.',
    'password-keys':
      'Des touches voisines se devinent facilement. Choisissez plusieurs mots sans rapport entre eux.',
    'password-repeat':
      'Ce qui se répète ou se suit se devine facilement. Choisissez plusieurs mots sans rapport entre eux.',
    'password-date':
      'Une date ou une année se devine facilement. Choisissez plusieurs mots sans rapport entre eux.',
    'password-word':
      'Un seul mot ou nom se devine facilement. Choisissez plusieurs mots sans rapport entre eux.',
    'password-weak':
      'Trop facile à deviner. Allongez-le : plusieurs mots sans rapport entre eux conviennent le mieux.',
    'password-again': 'Les deux ne sont pas identiques.',
    pin: 'Un code PIN a de 4 à 8 chiffres.',
    'pin-again': 'Les deux ne sont pas identiques.',
    'pin-easy': 'N’importe qui le devinerait. Choisissez des chiffres ni identiques ni à la suite.',
    strength: 'Écrivez un dosage par composant, par exemple 500 mg ou 250 mg/5 ml, séparés par +.',
    country: 'Utilisez les deux lettres du pays, par exemple RW.',
    'result-to-come': 'Ce moment est encore à venir.',
    'result-empty': 'Remplissez une valeur ou une conclusion.',
    'not-a-number': 'Écrivez un nombre, par exemple 4,2 ou <5.',
    negative: 'Ne peut être inférieur à zéro.',
    'unknown-unit': 'Choisissez une autre unité.',
    'unknown-answer': 'Choisissez une des réponses.',
    'follow-up-past': 'Ce jour est passé.',
    'no-test': 'Choisissez un examen, ou écrivez-en un.',
    time: 'Écrivez une heure, par exemple 9:30.',
    impossible: 'C’est impossible. Vérifiez le nombre et son unité.',
    'fahrenheit-as-celsius': 'Impossible en °C. Mesuré en °F ?',
    'not-below-systolic': 'La pression basse doit être inférieure à la haute.',
    'whole-number': 'Écrivez un nombre entier.',
    unlikely: 'C’est inhabituel. Est-ce juste ?',
    'pounds-as-kilograms': 'Peu probable en kilogrammes. Étaient-ce des livres ?',
    'kilograms-as-pounds': 'Peu probable en livres. Étaient-ce des kilogrammes ?',
    'inches-as-centimetres': 'Peu probable en centimètres. Étaient-ce des pouces ?',
    'large-change': 'Grand écart avec la dernière fois. Est-ce juste ?',
    'unlikely-for-age': 'Inhabituel à cet âge. Est-ce juste ?',
    'unlikely-for-height': 'Inhabituel pour cette taille. Est-ce juste ?',
    'delivery-date': 'Aucun accouchement n’est attendu alors. Vérifiez le jour.',
    'taken-to-come': 'Ce moment est à venir : rien n’a encore été mesuré.',
    'taken-long-ago': 'Il y a plus de cinq ans. Vérifiez l’année.',
    number: 'Écrivez un nombre, par exemple 36,6.',
    future: 'Ce jour est encore à venir.',
    'before-birth': 'Le patient n’était pas né.',
    'still-going-on': 'Un problème en cours n’a pas de fin. Choisissez un autre statut.',
    transition: 'Ce passage d’un statut à l’autre n’est pas possible.',
  },
};
