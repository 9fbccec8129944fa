import { ApiProperty } from '@nestjs/swagger';
import type {
  ConsentSettings,
  PreChatSettings,
  ReplyTime,
  Theme,
  WidgetSettings,
  WidgetText,
} from '../../../contracts/tenants.js';
import { PreChatFieldDto, REPLY_TIMES, THEMES } from './widget-settings-patch.dto.js';

export class GreetingDto implements WidgetText {
  @ApiProperty({ description: 'In Korean', example: '안녕하세요! 무엇을 도와드릴까요?' })
  ko: string;

  @ApiProperty({ description: 'In English', example: 'Hello! How can we help?' })
  en: string;

  @ApiProperty({ description: 'In Japanese', example: 'こんにちは！ご用件をお聞かせください。' })
  ja: string;
}

export class ConsentTextDto implements WidgetText {
  @ApiProperty({ description: 'In Korean', example: '개인정보 수집에 동의합니다.' })
  ko: string;

  @ApiProperty({ description: 'In English', example: 'I agree to be contacted.' })
  en: string;

  @ApiProperty({ description: 'In Japanese', example: '個人情報の利用に同意します。' })
  ja: string;
}

export class SpacingDto {
  @ApiProperty({ description: 'From the side of the page, in pixels', example: 20 })
  side: number;

  @ApiProperty({ description: 'From the bottom of the page, in pixels', example: 20 })
  bottom: number;
}

export class ConsentDto implements ConsentSettings {
  @ApiProperty({
    description:
      'Must a visitor agree before they write? What others send is refused: `chat.consent_required`',
    example: false,
  })
  required: boolean;

  @ApiProperty({ description: 'What they agree to; Markdown, for its links', type: ConsentTextDto })
  text: ConsentTextDto;

  @ApiProperty({ type: String, nullable: true, description: 'Of the privacy policy', example: null })
  url: string | null;
}

export class PreChatDto implements PreChatSettings {
  @ApiProperty({ description: 'Is anything asked before the first conversation?', example: false })
  enabled: boolean;

  @ApiProperty({ description: 'In the order in which they are asked for', type: [PreChatFieldDto] })
  fields: PreChatFieldDto[];
}

export class WidgetSettingsDto implements WidgetSettings {
  @ApiProperty({ description: 'Main colour', example: '#2563eb' })
  color: string;

  @ApiProperty({ description: 'Corner of the page', enum: ['left', 'right'], example: 'right' })
  position: 'left' | 'right';

  @ApiProperty({ description: 'Heading of the widget', example: 'Blue Bottle Seoul' })
  title: string;

  @ApiProperty({ description: 'First words to a visitor', type: GreetingDto })
  greeting: GreetingDto;

  @ApiProperty({
    description: "Its colours; `system`: as the visitor's device has it",
    enum: THEMES,
    example: 'system',
  })
  theme: Theme;

  @ApiProperty({ description: 'How far the button is from the edges', type: SpacingDto })
  spacing: SpacingDto;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Beside the picture on the button; null: the picture alone',
    example: null,
  })
  launcherText: string | null;

  @ApiProperty({
    nullable: true,
    description: 'How soon an answer usually comes; null: nothing is promised',
    enum: REPLY_TIMES,
    example: 'minutes',
  })
  replyTime: ReplyTime | null;

  @ApiProperty({
    description: 'Is a visitor asked where an answer can be sent, when nobody is there to give it?',
    example: true,
  })
  askEmail: boolean;

  @ApiProperty({
    description: 'Is a visitor asked how content they are, once a conversation is resolved?',
    example: true,
  })
  askRating: boolean;

  @ApiProperty({ description: 'What a visitor agrees to before they write', type: ConsentDto })
  consent: ConsentDto;

  @ApiProperty({ description: 'What a visitor is asked before the first conversation', type: PreChatDto })
  preChat: PreChatDto;
}

export function toWidgetView(widget: WidgetSettings): WidgetSettings {
  const { spacing, consent, preChat } = widget;
  return {
    color: widget.color,
    position: widget.position,
    title: widget.title,
    greeting: toTextView(widget.greeting),
    theme: widget.theme,
    spacing: { side: spacing.side, bottom: spacing.bottom },
    launcherText: widget.launcherText,
    replyTime: widget.replyTime,
    askEmail: widget.askEmail,
    askRating: widget.askRating,
    consent: { required: consent.required, text: toTextView(consent.text), url: consent.url },
    preChat: {
      enabled: preChat.enabled,
      fields: preChat.fields.map(({ key, required }) => ({ key, required })),
    },
  };
}

function toTextView({ ko, en, ja }: WidgetText): WidgetText {
  return { ko, en, ja };
}
