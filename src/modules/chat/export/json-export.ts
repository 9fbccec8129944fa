import type { ExportFormat } from './export-format.js';

/** One document, a message on each line, in the shapes of the API. */
export const JSON_EXPORT: ExportFormat = {
  type: 'application/json; charset=utf-8',
  extension: 'json',
  hasQuotes: false,

  head({ conversation: { participants, ...conversation }, exportedAt }) {
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
