import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { SwitchField } from '../../../components/ui/switch-field';
import { WidgetPartGroup, type WidgetPartProps } from './widget-part';

const QUESTIONS = ['askEmail', 'askRating'] as const;

export function WidgetQuestions({ form, isReadOnly }: WidgetPartProps) {
  const { t } = useTranslation();
  return (
    <WidgetPartGroup title={t('widget.questions')}>
      {QUESTIONS.map((question) => (
        <Controller
          key={question}
          control={form.control}
          name={question}
          render={({ field }) => (
            <SwitchField
              label={t(`widget.${question}`)}
              hint={t(`widget.${question}Hint`)}
              isOn={field.value}
              isDisabled={isReadOnly}
              onChange={field.onChange}
            />
          )}
        />
      ))}
    </WidgetPartGroup>
  );
}
