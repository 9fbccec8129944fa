import type { ExportFormat } from './export-format.js';

/** One document, a message on each line, in the shapes of the API. */
export const JSON_EXPORT: ExportFormat = {
  type: 'application/json; charset=utf-8',
  extension: 'json',
  hasQuotes: false,

  // Without the summary: it may be a moment behind what is said of the same message below.
  head({ conversation: { participants, lastMessage: _, unread: __, ...conversation }, exportedAt }) {
    const parts = { exportedAt, conversation, participants };
    return `${JSON.stringify(parts).slice(0, -1)},"messages":[`;
  },

  message({ message }, isFirst) {
    return `${isFirst ? '' : ','}\n${JSON.stringify(message)}`;
  },

  end() {
    return '\n]}\n';
  },
};
