import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { readableOn } from '../../../lib/color';
import { PREVIEW_WORDS, type PreviewLanguage } from '../hooks/preview-words';
import { askedOf, type WidgetForm } from '../hooks/widget-form';

/** The widget's own (web/widget/src/frame/app/frame.css). */
const GROUNDS = {
  light: { ground: '#fff', text: '#17191f', soft: '#636875', line: '#e6e8ec', page: '#eef0f4' },
  dark: { ground: '#17181c', text: '#eceef2', soft: '#a0a5b1', line: '#2d3037', page: '#0d0e11' },
};
const CHAT_PATH =
  'M12 3.5c-5 0-9 3.4-9 7.6 0 2.4 1.3 4.5 3.3 5.9l-.6 2.9c-.1.5.4.9.9.7l3.4-1.7c.6.1 1.3.2 2 .2 5 0 9-3.4 9-7.9s-4-7.7-9-7.7Z';
/** The page in the picture is so much smaller than one on a screen. */
const SCALE = 0.5;

interface WidgetMockProps {
  form: WidgetForm;
  language: PreviewLanguage;
  isDark: boolean;
}

type Grounds = (typeof GROUNDS)['light'];

/** A picture of the widget on a page. */
export function WidgetMock({ form, language, isDark }: WidgetMockProps) {
  const grounds = GROUNDS[isDark ? 'dark' : 'light'];
  const color = /^#[0-9a-f]{6}$/i.test(form.color) ? form.color : '#000000';
  const look = { color, onColor: readableOn(color), grounds };
  return (
    <Box
      lang={language}
      sx={{
        display: 'flex',
        flexDirection: 'column',
        minHeight: 480,
        p: 1.5,
        border: 1,
        borderColor: 'divider',
        borderRadius: 2,
        bgcolor: grounds.page,
        wordBreak: language === 'ko' ? 'keep-all' : 'normal',
      }}
    >
      <Box
        sx={{
          flex: 1,
          display: 'flex',
          flexDirection: 'column',
          borderRadius: '14px',
          overflow: 'hidden',
          bgcolor: grounds.ground,
          color: grounds.text,
          boxShadow: '0 6px 24px #0003',
        }}
      >
        <Hero form={form} language={language} {...look} />
        <Box
          sx={{ flex: 1, minHeight: 24, background: `linear-gradient(${color}, ${grounds.ground} 120px)` }}
        />
        <Beginning form={form} language={language} {...look} />
      </Box>
      <Launcher form={form} {...look} />
    </Box>
  );
}

interface LookProps {
  color: string;
  onColor: string;
  grounds: Grounds;
}

type PartProps = LookProps & Pick<WidgetMockProps, 'form' | 'language'>;

function Hero({ form, language, color, onColor }: PartProps) {
  const words = PREVIEW_WORDS[language];
  return (
    <Box
      sx={{
        px: 2,
        pt: 1.5,
        pb: 2.5,
        // Under the text it is no other colour than the one that the text was chosen for.
        bgcolor: color,
        color: onColor,
        fontSize: 12.5,
      }}
    >
      <Box sx={{ mb: 3.5, fontWeight: 700, fontSize: 14 }}>{form.title}</Box>
      <Box sx={{ mb: 1, fontSize: 20, lineHeight: 1.35, fontWeight: 700, whiteSpace: 'pre-line' }}>
        {form.greeting[language]}
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75 }}>
        <Box
          sx={{ width: 8, height: 8, borderRadius: '50%', bgcolor: '#3ecf74', outline: '2px solid #fff' }}
        />
        {words.online}
      </Box>
      {form.replyTime !== 'none' && <Box sx={{ mt: 0.5 }}>{words.replyTimes[form.replyTime]}</Box>}
    </Box>
  );
}

function Beginning(part: PartProps) {
  const { form, language, grounds } = part;
  const asked = form.preChat.enabled ? askedOf(form.preChat.modes) : [];
  const words = PREVIEW_WORDS[language];
  const hasForm = asked.length > 0 || form.consent.required;
  return (
    <Box sx={{ p: 1.5, borderTop: `1px solid ${grounds.line}`, display: 'grid', gap: 1.25, fontSize: 12.5 }}>
      {asked.length > 0 && <Box>{words.lead}</Box>}
      {asked.map(({ key, required }) => (
        <Field
          key={key}
          grounds={grounds}
          label={required ? words.fields[key] : words.optional(words.fields[key])}
        />
      ))}
      {hasForm ? (
        <Field grounds={grounds} label={words.message} height={52} />
      ) : (
        <Frame grounds={grounds}>{words.placeholder}</Frame>
      )}
      {form.consent.required && <Consent {...part} />}
      {hasForm && <SendButton {...part} />}
    </Box>
  );
}

function SendButton({ color, onColor, language }: PartProps) {
  return (
    <Box
      sx={{ py: 1, borderRadius: 99, bgcolor: color, color: onColor, fontWeight: 600, textAlign: 'center' }}
    >
      {PREVIEW_WORDS[language].send}
    </Box>
  );
}

function Field({ label, height, grounds }: { label: string; height?: number; grounds: Grounds }) {
  return (
    <Box sx={{ display: 'grid', gap: 0.5, fontWeight: 600 }}>
      {label}
      <Frame grounds={grounds} height={height} />
    </Box>
  );
}

function Frame({
  grounds,
  height = 34,
  children,
}: {
  grounds: Grounds;
  height?: number;
  children?: ReactNode;
}) {
  return (
    <Box
      sx={{
        minHeight: height,
        px: 1.25,
        py: 0.875,
        border: `1px solid ${grounds.soft}`,
        borderRadius: '10px',
        color: grounds.soft,
        fontWeight: 400,
      }}
    >
      {children}
    </Box>
  );
}

function Consent({ form, language, grounds }: PartProps) {
  const { text, url } = form.consent;
  return (
    <Box sx={{ display: 'flex', gap: 1, lineHeight: 1.45 }}>
      <Box
        sx={{
          flex: 'none',
          width: 14,
          height: 14,
          mt: '2px',
          border: `1.5px solid ${grounds.soft}`,
          borderRadius: '4px',
        }}
      />
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Linked text={text[language]} />
        {url.trim() && <Box sx={{ textDecoration: 'underline' }}>{PREVIEW_WORDS[language].privacy}</Box>}
      </Box>
    </Box>
  );
}

/** Of its Markdown only the links: nothing else is likely to be in it. */
function Linked({ text }: { text: string }) {
  return text.split(/(\[[^\]]+\]\([^)\s]+\))/).map((piece, index) => {
    const label = /^\[([^\]]+)\]/.exec(piece)?.[1];
    return label ? <u key={index}>{label}</u> : piece;
  });
}

function Launcher({ form, color, onColor }: LookProps & Pick<WidgetMockProps, 'form'>) {
  const { side, bottom } = form.spacing;
  const text = form.launcherText.trim();
  return (
    <Box
      sx={{
        flex: 'none',
        display: 'flex',
        justifyContent: form.position === 'left' ? 'flex-start' : 'flex-end',
        pt: 1.5,
        px: `${(side || 0) * SCALE}px`,
        pb: `${(bottom || 0) * SCALE}px`,
      }}
    >
      <Box
        sx={{
          display: 'inline-flex',
          alignItems: 'center',
          gap: 1,
          height: 44,
          minWidth: 44,
          px: 1.25,
          borderRadius: 99,
          bgcolor: color,
          color: onColor,
          fontSize: 13,
          fontWeight: 600,
          boxShadow: '0 4px 14px #0004',
        }}
      >
        <svg viewBox="0 0 24 24" width={24} height={24} fill="currentColor" aria-hidden>
          <path d={CHAT_PATH} />
        </svg>
        {text}
      </Box>
    </Box>
  );
}
