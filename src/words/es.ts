import type { PartialDate } from '../knowledge/days.ts'
import type { Period } from '../knowledge/snapshot.ts'
import { dateWriter, wholeOf } from './dates.ts'
import type { Claim } from './en.ts'
import type { Words } from './languages.ts'

const date = dateWriter('es')

const AS_OF = { name: 'a-fecha', description: 'El día por el que preguntas, como AAAA-MM-DD (hoy si no se indica)' }
const PRIVATE = { name: 'privado', description: 'Mostrar la respuesta solo a ti' }
const COMMON = { 'as-of': AS_OF, private: PRIVATE }
const FOLLOWED = { topic: { name: 'tema', description: 'El tema' } }

/** Español. */
export const es: Words = {
  commands: {
    ask: {
      name: 'preguntar',
      description: 'Responde a una pregunta con hechos verificados, citados y fechados',
      options: { question: { name: 'pregunta', description: 'Lo que quieres saber, en inglés' }, ...COMMON },
    },
    fact: {
      name: 'hecho',
      description: 'Muestra un hecho con sus fuentes, su periodo y lo que reemplaza',
      options: { fact: { name: 'hecho', description: 'Escribe unas palabras y elige' }, ...COMMON },
    },
    timeline: {
      name: 'cronología',
      description: 'Muestra por orden lo que ocurrió, rige, termina y está previsto',
      options: {
        topic: { name: 'tema', description: 'Solo este tema (todos si no se indica)' },
        from: { name: 'desde', description: 'Desde este año, mes o día, como 2025-04' },
        to: { name: 'hasta', description: 'Hasta este año, mes o día' },
        ...COMMON,
      },
    },
    chart: {
      name: 'gráfico',
      description: 'Dibuja cifras a lo largo del tiempo, con sus fuentes',
      options: {
        measure: { name: 'medida', description: 'Lo que se mide (si no se indica, lo más registrado)' },
        ...COMMON,
      },
    },
    positions: {
      name: 'posturas',
      description: 'Muestra quién dice qué y qué se discute',
      options: {
        about: { name: 'sobre', description: 'Un tema, o quien habla (todos si no se indica)' },
        ...COMMON,
      },
    },
    compare: {
      name: 'comparar',
      description: 'Pone lado a lado dos personas, organismos, lugares o cosas, o dos hechos',
      options: {
        a: { name: 'a', description: 'Lo uno: escribe unas letras y elige' },
        b: { name: 'b', description: 'Lo otro' },
        ...COMMON,
      },
    },
    upcoming: {
      name: 'próximos',
      description: 'Muestra los plazos, finales y planes que vienen, los más cercanos primero',
      options: { days: { name: 'días', description: 'Hasta cuándo mirar (90 días si no se indica)' }, ...COMMON },
    },
    follow: {
      name: 'seguir',
      description: 'Enterarse aquí cuando cambian los hechos de un tema, y antes de sus plazos',
      options: FOLLOWED,
    },
    unfollow: { name: 'dejar-de-seguir', description: 'No recibir aquí nada más sobre un tema', options: FOLLOWED },
    following: { name: 'seguidos', description: 'Muestra qué temas se siguen aquí' },
    sources: {
      name: 'fuentes',
      description: 'Enumera los documentos que los hechos citan',
      options: {
        source: { name: 'fuente', description: 'Solo esta, con los hechos que la citan' },
        private: PRIVATE,
      },
    },
    privacy: {
      name: 'privacidad',
      description: 'Ver o borrar lo que este bot guarda sobre ti',
      options: {
        show: { name: 'mostrar', description: 'Te muestra todo lo que se guarda sobre ti' },
        delete: { name: 'borrar', description: 'Borra lo que se guarda sobre ti, tras preguntarte una vez' },
      },
    },
    about: { name: 'acerca-de', description: 'Qué es este bot, cómo responde y qué guarda' },
    settings: {
      name: 'ajustes',
      description: 'Ver o cambiar cómo se muestran las respuestas en este servidor',
      options: {
        answers: {
          name: 'respuestas',
          description: 'Quién ve las respuestas, si quien pregunta no elige otra cosa',
          choices: {
            public: 'públicas: todos en el canal',
            private: 'privadas: solo quien pregunta, que puede compartirlas',
          },
        },
      },
    },
    'Answer from facts': { name: 'Responder con hechos' },
    '*': {
      name: '',
      options: {
        fact: { name: 'hecho', description: 'Escribe unas palabras y elige, o pregunta en inglés' },
        ...COMMON,
      },
    },
  },
  date,
  days({ from, until }) {
    if (from === undefined) return `hasta el ${date(until ?? '')}`
    if (until === undefined) return `desde el ${date(from)}`
    const whole = wholeOf(from, until)
    return whole === undefined ? `${date(from)} a ${date(until)}` : date(whole)
  },
  period,
  number: (value) => value.toLocaleString('es'),
  bounds: { exactly: '', 'at-most': 'como máximo ', about: 'alrededor de ' },

  status: {
    notYet: (asOf, known) => `Aún no se sabía a ${date(asOf)}: consta desde el ${date(known)}.`,
    superseded: (asOf, statement) => `Superado: a ${date(asOf)} lo reemplaza un hecho más nuevo: «${statement}»`,
    replaces: 'Reemplaza un hecho anterior.',
    ruleUpcoming: (asOf, held, away) =>
      `Próximo: a ${date(asOf)} aún no está en vigor, sino ${period(held)}, dentro de ${days(away)}.`,
    ruleExpired: (asOf, until, ago) =>
      `Vencido: su final declarado, ${date(until)}, pasó hace ${days(ago)} a ${date(asOf)}, y no consta nada más nuevo.`,
    ruleUnverified: (asOf, verified) =>
      `Consta como vigente el ${date(verified)}; no consta si a ${date(asOf)} lo sigue estando.`,
    ruleHolds: (asOf, from) => `Vigente a ${date(asOf)}${since(from)}; no consta ningún final.`,
    ruleInForce: (asOf, until, left, from) =>
      `En vigor a ${date(asOf)}${since(from)}, ${till(until)}: ${left === 0 ? 'su último día' : left === 1 ? 'queda 1 día' : `quedan ${days(left)}`}.`,
    eventUndated: (by) => `Pasado: consta que había ocurrido a ${date(by)}.`,
    eventUpcoming: (when) => `Próximo: previsto ${period(when)}.`,
    eventPast: (when) => `Pasado: ocurrió ${period(when)}.`,
    eventNow: (when) => `Fechado en el día por el que se pregunta: ocurre ${period(when)}.`,
    planUndated: (announced) => `Próximo: previsto, según se anunció a ${date(announced)}; no consta fecha.`,
    planUndatedUnverified: (asOf, announced) =>
      `Previsto, según se anunció a ${date(announced)}, sin fecha; no consta si a ${date(asOf)} ha ocurrido.`,
    planExpired: (asOf, when, ago) =>
      `Vencido: previsto ${period(when)}; su fecha pasó hace ${days(ago)} a ${date(asOf)}; no consta si ocurrió.`,
    planUpcoming: (asOf, when, away, announced) =>
      `Próximo a ${date(asOf)}: previsto ${period(when)}, dentro de ${days(away)}, según se anunció a ${date(announced)}.`,
    planNow: (asOf, when, announced) =>
      `Previsto ${period(when)}, según se anunció a ${date(announced)}; no consta si a ${date(asOf)} ha ocurrido.`,
    unknown: (asOf) => `No consta: a ${date(asOf)} las fuentes registradas lo dejan abierto.`,
    claim: ({ kind, speaker, held, told, isReported, status }: Claim) => {
      const what = kind === 'position' ? 'postura' : 'estimación'
      const whose = [speaker ? `${what} de ${speaker}` : what, period(held)].filter(Boolean)
      const how = `${isReported ? 'según se informó' : 'según se declaró'} ${at(told)}`
      if (status === 'past') return `Pasado: ${whose.join(' ')}, ${how}.`
      if (status === 'upcoming') return `Próximo: ${whose.join(' ')}, ${how}.`
      return `${capital(whose.join(', '))}, ${how}.`
    },
    verified: (day) => `Verificado por última vez el ${date(day)}.`,
    reviewDue: (day) => `Sin verificar desde que tocaba revisarlo el ${date(day)}.`,
    reviewDueOpen: (day) =>
      `Sin verificar desde que tocaba revisarlo el ${date(day)}; no consta nada más nuevo, así que puede haber cambiado.`,
  },

  asOf: (day) => `A ${date(day)}`,
  about: (what) => `Sobre: ${what}`,
  readTimeAs: (said, time) => `«${said}» se entendió como ${es.days(time)}.`,
  notAnsweredHere: (question) => `Sin respuesta aquí: «${question}»`,
  moreToQuestion: (count) => `${count} más para esta pregunta: elige abajo.`,
  alsoOnRecord: 'También consta',
  restOfAnswer: 'El resto de la respuesta',
  openRelated: 'Abrir una pregunta relacionada',
  notSureWhich: 'No sé con certeza a cuál de estas te refieres:',
  noQuestion: 'No encontré ninguna pregunta ahí. Pregunta con una frase o unas palabras, por ejemplo con /preguntar.',
  nothingYet: (day) => `Sobre esto aún no constaba nada ${at(day)}.`,
  recordedFrom: (day) => `Consta algo desde el ${date(day)}: pregunta a esa fecha o a una posterior.`,
  noFact: 'Ningún hecho registrado responde a esta pregunta, así que no doy respuesta.',
  noted: 'Preguntas como esta se anotan como lagunas, para que se puedan añadir hechos.',
  askInEnglish: 'Entiendo las preguntas en inglés; los hechos se muestran en el idioma en que se escribieron.',
  factsAbout: 'Hay hechos sobre',
  andMore: (count) => `y ${count} más`,
  paragraphs: (numbers, cut) =>
    `${numbers.length > 1 ? 'párrafos' : 'párrafo'} ${numbers.join(', ')}${cut ? ', …' : ''}`,

  buttons: {
    sources: 'Fuentes',
    wrong: '¿Falso o desfasado?',
    tellWhenAnswered: 'Avísame cuando tenga respuesta',
    tellMe: 'Avísame',
    share: 'Compartir',
    back: 'Atrás',
    next: 'Siguiente',
    delete: 'Borrar',
  },

  kinds: {
    rule: 'norma',
    event: 'suceso',
    plan: 'plan',
    position: 'postura',
    estimate: 'estimación',
    unknown: 'no consta',
  },

  card: {
    title: 'Consta',
    names: { kind: 'Clase', period: 'Periodo', figure: 'Cifra', speaker: 'Quién lo dice' },
    kind: (name) => `Clase: ${name}`,
    topic: (title) => `Tema: ${title}`,
    period: (held) => `Periodo: ${period(held)}`,
    figure: (figure) => `Cifra: ${figure}`,
    entities: (names) => `Trata de: ${names}`,
    id: (id) => `Identificador: ${id}`,
    checked: (known, verified, due) =>
      `Se sabía a ${date(known)}, verificado el ${date(verified)}, por revisar el ${date(due)}`,
    replaces: 'Reemplaza a',
    replacedBy: 'Reemplazado por',
    saidOtherwise: 'Sobre el mismo punto, otros dicen',
  },

  topic: {
    facts: (count, asOf) => `${facts(count)}, a ${date(asOf)}.`,
    more: 'Los primeros cien están abajo; para cualquier otro, escribe unas palabras en la opción «hecho».',
    choose: 'Elegir una pregunta',
  },

  sources: {
    all: 'Cada hecho cita una de estas fuentes.',
    citedBy: (count) => `citada por ${facts(count)}`,
    cite: (count) => `La ${count === 1 ? 'cita' : 'citan'} ${facts(count)}.`,
    open: 'Abrir un hecho que la cita',
    none: 'No consta esa fuente. /fuentes sin opción las enumera.',
  },

  overview: {
    page: (page, pages) => `Página ${page} de ${pages}`,
    inText: 'Todo lo que muestra está en el texto, con los mismos números.',
    noPicture: 'Esta vez no se pudo dibujar la imagen; el texto dice todo lo que mostraría.',
    mayNotAttach: 'Aquí no puedo adjuntar archivos, así que falta la imagen; el texto dice todo lo que mostraría.',
    noTopic: 'No consta ese tema. Elige uno de la lista.',
    badDay: 'No pude leer esa fecha. Escríbela como 2025, 2025-10 o 2025-10-01.',
    badSpan: 'El primer día es posterior al último.',
    open: 'Abrir uno de estos hechos',
    timeline: (what) => `Cronología: ${what}`,
    everything: 'todos los temas',
    nothingDated: 'Para eso no consta ningún suceso, norma ni plan con fecha.',
    undated: (count) =>
      count === 1
        ? '1 norma o plan no tiene fecha y no se muestra.'
        : `${count} normas y planes no tienen fecha y no se muestran.`,
    statuses: {
      current: 'actual',
      upcoming: 'próximo',
      past: 'pasado',
      expired: 'vencido',
      superseded: 'superado',
      'not-yet': 'aún no se sabía',
    },
    chart: (name) => `Cifras: ${name}`,
    noFigures: 'Aún no constan cifras.',
    noFiguresAsOf: (day) => `No constaba ninguna cifra así ${at(day)}.`,
    noMeasure: 'No consta esa cifra. Elige una de la lista.',
    positions: (what) => `Quién dice qué: ${what}`,
    noPositions: 'Para eso no consta ninguna postura.',
    contested: 'El mismo punto, contado de distinta manera',
    told: (kind, day, isReported) =>
      capital(
        `${kind === 'estimate' ? 'estimación, ' : ''}${isReported ? 'según se informó' : 'según se declaró'} ${at(day)}`,
      ),
    comparison: (one, other) => `${one} y ${other}`,
    comparesAlike: 'Compara dos hechos, o dos personas, organismos, lugares o cosas: no uno de cada.',
    comparesTwo: 'Es dos veces lo mismo. Elige dos distintos.',
    notFound: (typed) => `«${typed}» no consta ni como hecho ni como nombre. Elige de la lista.`,
    figures: 'Cifras',
    onSamePoint: 'Sobre el mismo punto',
    factsOnBoth: 'Hechos sobre ambos',
    factsOnOne: (name) => `Solo sobre ${name}`,
    nothingSaid: 'no consta nada',
    differ: 'Se diferencian en',
    sameKind: 'Clase, periodo, cifra y quién lo dice son iguales en ambos.',
    upcoming: (span, asOf) => `Lo que termina o está previsto en los ${days(span)} desde el ${date(asOf)}`,
    nothingUpcoming: (next) =>
      next === undefined
        ? 'Para estos días no consta ningún plazo, final ni plan, y más tarde tampoco.'
        : `Para estos días no consta ningún plazo, final ni plan. Lo siguiente llega ${at(next)}.`,
    ends: (day) => `termina ${at(day)}`,
    begins: (day) => `empieza ${at(day)}`,
    planned: (day) => `previsto ${at(day)}`,
    daysLeft: (left, isDay) => (left === 0 ? 'Hoy' : `Dentro de ${days(left)}`) + (isDay ? '' : ' o más tarde'),
    daysWithin: (left) => (left === 0 ? 'Hoy a más tardar' : `En los próximos ${days(left)}`),
  },

  sharedBy: 'Compartido por',

  follow: {
    now: (title) =>
      `Avisaré aquí cuando un hecho de «${title}» se añada, cambie o sea reemplazado, y 7, 3 y 1 días antes de un plazo o suceso previsto.`,
    already: (title) => `«${title}» ya se sigue aquí.`,
    ended: (title) => `«${title}» ya no se sigue aquí.`,
    notFollowed: (title) => `«${title}» no se sigue aquí.`,
    list: 'Aquí se sigue',
    none: 'Aquí no se sigue nada. Usa /seguir en un mensaje directo conmigo, o en un canal que puedas gestionar.',
    tooMany: (most) => `En un mismo lugar se pueden seguir ${most} temas como máximo.`,
    needsPermission:
      'En un servidor, solo pueden hacerlo miembros con el permiso «Gestionar canales». En un mensaje directo conmigo, cualquiera.',
    needsBot:
      'Solo puedo seguir un tema donde pueda escribir: en un mensaje directo conmigo, o en un canal de un servidor que me haya añadido.',
    cannotWrite: 'No puedo escribir en este canal. Déjame verlo y enviar mensajes, e inténtalo de nuevo.',
    changed: (title) => `Novedades sobre «${title}»`,
    added: 'Nuevo',
    altered: 'Cambiado',
    replaced: 'Reemplazado por un hecho más nuevo',
    withdrawn: 'Retirado',
    reminder: (title) => `Próximamente sobre «${title}»`,
    stop: 'Para no saber más de esto: /dejar-de-seguir',
  },

  settings: {
    needsPermission: 'Solo pueden cambiarlo miembros con el permiso «Gestionar servidor», en su servidor.',
    onlyInServer: 'Es un ajuste de un servidor que me haya añadido.',
    isPublic: 'Aquí las respuestas se muestran a todos, salvo que quien pregunta elija «privado».',
    isPrivate: 'Aquí las respuestas se muestran solo a quien pregunta, con un botón para compartirlas.',
  },

  wrong: {
    title: '¿Falso o desfasado?',
    label: '¿Qué es falso, o qué es más nuevo?',
    placeholder: 'Lo que más ayuda es una fuente de lo correcto.',
    nothing: 'En tu nota no había nada que leer, así que no se registró nada.',
    thanks:
      'Gracias. Tu nota queda registrada para quienes cuidan los hechos. Pulsa para saber qué pasa con ella; entonces verán quién eres.',
  },

  tell: {
    gap: 'Recibirás un mensaje directo cuando tenga respuesta.',
    gapClosed: 'Ya lo habías pedido, o la pregunta ya está atendida: hazla de nuevo.',
    gapGone: 'Esta pregunta ya no consta.',
    complaint: 'Recibirás un mensaje directo cuando los moderadores se hayan ocupado.',
    complaintClosed: 'De esta nota ya se ha ocupado alguien, o no es tuya.',
  },

  privacy: {
    kept: 'Lo que guardo sobre ti',
    nothing: 'No guardo nada sobre ti.',
    nothingToDelete: 'No guardo nada tuyo que se pueda borrar.',
    gaps: (count) =>
      count === 1
        ? '1 pregunta tuya que ningún hecho respondió'
        : `${count} preguntas tuyas que ningún hecho respondió`,
    waits: (count) => `${questions(count)} cuya respuesta quieres saber`,
    complaints: (count) =>
      count === 1 ? '1 nota tuya de que un hecho es falso' : `${count} notas tuyas de que un hecho es falso`,
    topics: (count) => `${count === 1 ? '1 tema' : `${count} temas`} que sigues en mensajes directos`,
    notices: (count) => `${count === 1 ? '1 mensaje' : `${count} mensajes`} en camino hacia ti`,
    onItsWay: {
      follow: (topic) => `Novedades de «${topic}»`,
      gap: (question) => `La respuesta a «${question}»`,
      complaint: (text) => `Qué pasó con una nota tuya: «${text}»`,
      decision: (proposal) => `Qué pasó con tu propuesta ${proposal}`,
    },
    remembered: (count) => `${questions(count)} que recuerdo durante diez minutos, sin guardar nada`,
    moderated: 'En la moderación',
    drafts: (count) => (count === 1 ? '1 borrador tuyo, sin proponer' : `${count} borradores tuyos, sin proponer`),
    proposals: (count) => `${count === 1 ? '1 propuesta' : `${count} propuestas`} que escribiste`,
    decisions: (count) =>
      count === 1 ? '1 propuesta sobre la que decidiste' : `${count} propuestas sobre las que decidiste`,
    revisions: (count) => `${count === 1 ? '1 cambio' : `${count} cambios`} que escribiste o aprobaste`,
    written: (day, text) => `${date(day)}: «${text}»`,
    toBeTold: 'con tu identificador, para decirte qué pasa con ella',
    pseudonym:
      'Con tus preguntas y notas guardo la hora, el día por el que se preguntó y el servidor, pero no tu identificador: en su lugar hay un código que solo yo puedo obtener de él.',
    until: (count) => `Las preguntas y notas se borran a los ${days(count)}.`,
    how: 'Para borrarlo: /privacidad borrar',
    confirm: '¿Borrar todo esto? No se puede deshacer.',
    deleted: 'Esto está borrado:',
    stays: 'Lo que queda',
    staysModerated: 'Lo que propusiste, decidiste y cambiaste en la moderación: muestra quién responde de lo que digo.',
    staysInDiscord: 'Los mensajes en Discord, tuyos y míos: bórralos allí.',
    staysInCopies: 'Las copias de la base de datos que haya hecho el operador, hasta que se borren.',
    notYours: 'Esto se le preguntó a otra persona. Para borrar tus propios datos, escribe /privacidad borrar.',
  },

  asOfWholeDay:
    'La fecha necesita un día completo, como 2025-10-01: dentro de un mes o un año la respuesta puede cambiar.',
  asOfUnreadable: 'No pude leer la fecha. Escríbela como año, mes y día, como 2025-10-01.',
  withdrawnFact: 'Este hecho se ha retirado: ya no consta.',
  aboutNoFact: 'Esto no trata de ningún hecho. Pregunta de nuevo, por favor.',
  unknownCommand: 'Este comando ya no existe. Prueba con /preguntar.',
  unknownForm: 'Este formulario ya no existe.',
  unknownButton: 'Este botón ya no existe.',
  unreadableButton: 'Ya no conozco este botón. Pregunta de nuevo, por favor.',
  notRecorded:
    'Ahora mismo no puedo acceder a mis registros, así que no se ha anotado nada. Inténtalo de nuevo más tarde.',
  failed: (reference) =>
    `Algo ha fallado por mi parte. Si vuelve a ocurrir, dile por favor al operador esta referencia: ${reference}`,
  unsure:
    'Justo entonces perdí el acceso a mis registros. Mira dentro de un minuto si está hecho y, si no, inténtalo de nuevo.',
  slow: 'Esto me lleva más tiempo del que Discord espera. Mira dentro de un minuto si está hecho y, si no, inténtalo de nuevo.',
  busy: 'Ahora mismo tengo más trabajo del que puedo atender. Inténtalo de nuevo en un minuto.',
  tooMuch: (seconds) =>
    `Han sido muchas peticiones en poco tiempo. Inténtalo de nuevo en ${seconds} ${seconds === 1 ? 'segundo' : 'segundos'}.`,
  mentionHint: 'Hazme una pregunta en el mismo mensaje, o usa /preguntar.',
  roleHint:
    'Eso mencionó mi rol, y entonces Discord no me muestra el texto. Después de @ elígeme a mí en vez del rol, o usa /preguntar.',
  todayChoice: (day) => `Hoy, ${date(day)}`,
  statedEnd: (question) => `final declarado: ${question}`,
  becameKnown: 'se conocieron hechos',

  introduction: {
    what: 'Footnote responde a preguntas de política solo con hechos que personas han reunido.',
    how: 'Cómo responde',
    hows: [
      'Cada respuesta es un enunciado registrado con su fuente, su fecha y si sigue vigente. Ninguna frase es inventada.',
      'Cuando no está seguro, ofrece los hechos más cercanos para elegir. Cuando no hay ninguno, lo dice.',
      'Con «a-fecha» responde para otro día que hoy.',
      'Los hechos se muestran en el idioma en que se escribieron, y las preguntas se entienden en inglés.',
    ],
    stores: 'Qué guarda, en una base de datos en la máquina del operador',
    stored: (count) => [
      `Preguntas que ningún hecho responde, durante ${days(count)}: su texto, el día por el que se preguntó, el servidor y la hora.`,
      `Notas de que un hecho es falso o está desfasado, durante ${days(count)}: lo mismo, y los hechos.`,
      'En lugar de tu identificador, un código que solo el bot puede obtener de él; tu identificador solo si pides que te avise, hasta que lo haga.',
      'Qué temas se siguen y dónde, o en los mensajes directos de quién, hasta que se deja de hacerlo.',
      'Lo que los moderadores proponen y cambian, con quién lo escribió y quién lo aprobó.',
      'Nada más: ni otros mensajes ni preguntas que tuvieron respuesta. Durante diez minutos recuerda, sin guardarlo, lo último que alguien preguntó, para entender «and until when?».',
      'Lo que se guarda sobre ti lo ves con /privacidad mostrar y lo borras con /privacidad borrar.',
    ],
    installedForYou: 'Aquí está instalado para ti',
    installed: [
      'Los comandos y Aplicaciones → Responder con hechos funcionan; las menciones no, porque este servidor no lo ha añadido.',
      'Si el servidor no permite aplicaciones externas, solo tú ves las respuestas.',
      'Los temas se pueden seguir en un mensaje directo, no en este canal.',
    ],
    version: (version, factCount, topics, sources) =>
      `Versión ${version}, con ${facts(factCount)} en ${topics === 1 ? '1 tema' : `${topics} temas`}, de ${sources === 1 ? '1 fuente' : `${sources} fuentes`}.`,
  },
}

/** `desde el 1 de mayo de 2025 hasta el 10 de noviembre de 2025`, `el 19 de septiembre de 2025`, `en abril de 2025`. */
function period({ from, until }: Period): string {
  if (from !== undefined && from === until) return at(from)
  const begins = from && (from.length === 10 ? `desde el ${date(from)}` : `desde ${date(from)}`)
  return [begins, until && till(until)].filter(Boolean).join(' ')
}

function till(until: PartialDate): string {
  return until.length === 10 ? `hasta el ${date(until)}` : `hasta el final de ${date(until)}`
}

function at(day: PartialDate): string {
  return day.length === 10 ? `el ${date(day)}` : `en ${date(day)}`
}

function since(from: PartialDate | undefined): string {
  return from === undefined ? '' : from.length === 10 ? `, desde el ${date(from)}` : `, desde ${date(from)}`
}

function days(count: number): string {
  return count === 1 ? '1 día' : `${count} días`
}

function questions(count: number): string {
  return count === 1 ? '1 pregunta' : `${count} preguntas`
}

function facts(count: number): string {
  return count === 1 ? '1 hecho' : `${count} hechos`
}

function capital(text: string): string {
  return text.replace(/^./, (first) => first.toUpperCase())
}
