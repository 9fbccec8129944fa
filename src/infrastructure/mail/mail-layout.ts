import { escapeHtml } from '../../common/text/escape-html.js';

export type MailLanguage = 'ko' | 'en';

export interface MailText {
  subject: string;
  text: string;
  html: string;
}

/** What somebody wrote, or one of several things that a mail is about. */
export interface MailRow {
  /** Null: not somebody's words. */
  title: string | null;
  text: string;
}

export interface MailLink {
  label: string;
  link: string;
}

/** One of several things that each have a place of their own to go to. */
export interface MailSection {
  title: string;
  note?: string;
  rows: MailRow[];
  link: MailLink;
}

export interface Letter {
  language: MailLanguage;
  subject: string;
  heading: string;
  paragraphs?: string[];
  rows?: MailRow[];
  sections?: MailSection[];
  button?: MailLink;
  /** Why one gets this mail, or what becomes of it. */
  footer: string;
}

const WORDS = {
  ko: { otherwise: '버튼이 열리지 않으면 이 주소를 브라우저에 붙여 넣으세요.' },
  en: { otherwise: 'If the button does not open, paste this address into a browser.' },
};

const FONT =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', sans-serif";
const LIGHT = {
  page: '#f3f5f9',
  card: '#ffffff',
  row: '#f3f5f9',
  ink: '#161a24',
  faint: '#5a6273',
  brand: '#2347c5',
  onBrand: '#ffffff',
};
const DARK: typeof LIGHT = {
  page: '#10131a',
  card: '#1a1e28',
  row: '#252b38',
  ink: '#e9ecf3',
  faint: '#a3abbc',
  brand: '#93abff',
  onBrand: '#0d1222',
};
/** Only what a style attribute cannot say. A reader that takes none of it shows the light mail at its full width. */
const STYLE = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  '@media (prefers-color-scheme:dark){',
  `.page{background:${DARK.page}!important}.card{background:${DARK.card}!important}`,
  `.row{background:${DARK.row}!important}.ink{color:${DARK.ink}!important}.faint{color:${DARK.faint}!important}`,
  `.brand{background:${DARK.brand}!important;color:${DARK.onBrand}!important}.link{color:${DARK.brand}!important}`,
  '}',
  '@media (max-width:480px){.outer{padding:0!important}.card{border-radius:0!important;padding:24px 20px!important}}',
].join('');

/** The look of every mail. It loads nothing, and shows what people wrote as text, whatever it contains. */
export function layOut(letter: Letter): MailText {
  return { subject: oneLine(letter.subject), text: plainOf(letter), html: htmlOf(letter) };
}

function plainOf({ heading, paragraphs = [], rows = [], sections = [], button, footer }: Letter): string {
  const action = button ? [plainLink(button)] : [];
  const said = [...rows.map(plainRow), ...sections.map(plainSection)];
  return [oneLine(heading), ...paragraphs, ...said, ...action, `-- \n${footer}`].join('\n\n');
}

function plainSection({ title, note, rows, link }: MailSection): string {
  const noted = note === undefined ? [] : [note];
  return [`# ${oneLine(title)}`, ...noted, ...rows.map(plainRow), plainLink(link)].join('\n');
}

function plainRow({ title, text }: MailRow): string {
  return title === null ? text : `${oneLine(title)}: ${text}`;
}

function plainLink({ label, link }: MailLink): string {
  return `${label}:\n${link}`;
}

function htmlOf(letter: Letter): string {
  const { language, subject } = letter;
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width,initial-scale=1">' +
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">' +
    `<title>${escapeHtml(oneLine(subject))}</title><style>${STYLE}</style></head>` +
    `<body class="page" style="margin:0;padding:0;background:${LIGHT.page}">` +
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>' +
    '<td class="outer" align="center" style="padding:32px 12px">' +
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px"><tr>' +
    `<td class="card" align="left" style="padding:36px 40px;background:${LIGHT.card};border-radius:14px;font-family:${FONT};word-break:keep-all;overflow-wrap:anywhere">` +
    `${bodyOf(letter)}</td></tr></table></td></tr></table></body></html>`
  );
}

function bodyOf({
  language,
  heading,
  paragraphs = [],
  rows = [],
  sections = [],
  button,
  footer,
}: Letter): string {
  return [
    `<h1 class="ink" dir="auto" style="margin:0 0 16px;font-size:21px;line-height:1.4;color:${LIGHT.ink}">${escapeHtml(oneLine(heading))}</h1>`,
    ...paragraphs.map(paragraphOf),
    ...rows.map(rowOf),
    ...sections.map(sectionOf),
    button ? buttonOf(button) : '',
    button ? small(`${WORDS[language].otherwise}<br>${linkOf(button.link, button.link)}`, '0 0 20px') : '',
    small(withBreaks(footer), '0'),
  ].join('');
}

function sectionOf({ title, note, rows, link }: MailSection): string {
  return [
    `<h2 class="ink" dir="auto" style="margin:28px 0 10px;font-size:17px;line-height:1.4;color:${LIGHT.ink}">${escapeHtml(oneLine(title))}</h2>`,
    note === undefined ? '' : small(withBreaks(note), '0 0 8px'),
    ...rows.map(rowOf),
    // Many links of the same words are told apart by what they lead to.
    `<p style="margin:12px 0 28px;font-size:15px;line-height:1.5">${linkOf(link.link, link.label, `${link.label}: ${oneLine(title)}`)}</p>`,
  ].join('');
}

function paragraphOf(text: string): string {
  return `<p class="ink" style="margin:0 0 16px;font-size:16px;line-height:1.6;color:${LIGHT.ink}">${withBreaks(text)}</p>`;
}

function rowOf({ title, text }: MailRow): string {
  return (
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 10px"><tr>' +
    `<td class="row ink" dir="auto" style="padding:12px 16px;border-radius:10px;background:${LIGHT.row};color:${LIGHT.ink};font-size:15px;line-height:1.55">` +
    `${title === null ? '' : nameOf(title)}${withBreaks(text)}</td></tr></table>`
  );
}

function nameOf(title: string): string {
  return `<strong style="font-size:13px"><bdi>${escapeHtml(oneLine(title))}</bdi></strong><br>`;
}

/** A cell of a table, since not every reader gives a link a background of its own. */
function buttonOf({ label, link }: MailLink): string {
  return (
    '<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0"><tr>' +
    `<td class="brand" style="border-radius:10px;background:${LIGHT.brand}">` +
    `<a class="brand" href="${escapeHtml(link)}" style="display:inline-block;padding:13px 24px;border-radius:10px;background:${LIGHT.brand};color:${LIGHT.onBrand};font-size:16px;font-weight:600;line-height:1.3;text-decoration:none">${escapeHtml(label)}</a>` +
    '</td></tr></table>'
  );
}

function linkOf(link: string, text: string, name = text): string {
  const label = name === text ? '' : ` aria-label="${escapeHtml(name)}"`;
  return `<a class="link" href="${escapeHtml(link)}"${label} style="color:${LIGHT.brand};overflow-wrap:anywhere;word-break:break-word">${escapeHtml(text)}</a>`;
}

/** `html` has been escaped. */
function small(html: string, margin: string): string {
  return `<p class="faint" style="margin:${margin};font-size:13px;line-height:1.6;color:${LIGHT.faint}">${html}</p>`;
}

function withBreaks(text: string): string {
  return escapeHtml(text).replace(/\r\n|[\n\r\u2028\u2029]/g, '<br>');
}

/** A line break in a name must become neither a header of the mail nor a line of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
