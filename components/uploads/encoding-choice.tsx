'use client';

import { useTranslations } from 'next-intl';
import { Select } from '@/components/ui/select';
import { TEXT_ENCODINGS, type TextEncodingName } from '@/server/domain/encoding';

type Props = { file: File; onChoose: (encoding: TextEncodingName) => void };

/** Asks for the encoding of a text that does not carry one; a choice sends the file again. */
export function EncodingChoice({ file, onChoose }: Props) {
  const t = useTranslations('uploads.encoding');
  return (
    <Select
      className="mt-3 max-w-sm"
      label={t('label', { file: file.name })}
      help={t('help')}
      placeholder={t('placeholder')}
      options={TEXT_ENCODINGS.map((value) => ({ value, label: t(`names.${value}`) }))}
      value={null}
      onChange={onChoose}
    />
  );
}
