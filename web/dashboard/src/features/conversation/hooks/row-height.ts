import type { TimelineRow } from './timeline-rows';

const LINE = 22.5;
const LINE_OF_CODE = 19.5;
/** Of a bubble beside the two panels of a laptop; a wide character takes two. */
const COLUMNS = 52;
const NAME = 22;
const TIME = 21;
const HEIGHT = { beginning: 49, day: 47, unread: 34, event: 40 };

/** About as high as it will be: the nearer, the less moves when it has been measured. Cheap, as it is asked for all rows. */
export function estimatedHeight(row: TimelineRow, selfId: string): number {
  switch (row.kind) {
    case 'message':
      return (
        heightOf(row.message.content, row) +
        extrasOf(row.message) +
        (row.isFirstOfGroup && row.message.sender.id !== selfId ? NAME : 0) +
        (row.isLastOfGroup ? TIME : 0)
      );
    case 'pending':
      return heightOf(row.item.content, row) + TIME;
    default:
      return HEIGHT[row.kind];
  }
}

/** The bubble with its padding; the first of a group stands apart. */
function heightOf(content: string, { isFirstOfGroup }: { isFirstOfGroup: boolean }): number {
  return (isFirstOfGroup ? 10 : 3) + 16 + textHeight(content);
}

function textHeight(content: string): number {
  let height = 0;
  let isCode = false;
  for (const line of content.split('\n')) {
    const isFence = line.startsWith('```');
    if (isFence) height += isCode ? 0 : 24;
    else height += isCode ? LINE_OF_CODE : LINE * Math.max(1, Math.ceil(columnsOf(line) / COLUMNS));
    if (isFence) isCode = !isCode;
  }
  return height;
}

function columnsOf(line: string): number {
  // Hangul, Kana and Han; by bytes it would be as good, and slower.
  const wide = line.match(/[\u1100-\u11ff\u3040-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
  return line.length + wide;
}

type Extras = Extract<TimelineRow, { kind: 'message' }>['message'];

function extrasOf({
  attachments,
  reactions,
  linkPreviews,
  thread,
  replyToId,
  private: isNote,
}: Extras): number {
  const pictures = attachments.filter(({ thumbnailUrl }) => thumbnailUrl).length;
  return (
    (pictures > 0 ? 220 : 0) +
    (attachments.length - pictures) * 52 +
    (reactions.length > 0 ? 28 : 0) +
    linkPreviews.length * 96 +
    (thread ? 32 : 0) +
    (replyToId ? 48 : 0) +
    (isNote ? 21 : 0)
  );
}
