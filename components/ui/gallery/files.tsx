'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { StatusBadge } from '../badge';
import { FileDrop } from '../file-drop';
import { KeyBar } from '../key-bar';
import { OtpField } from '../otp-field';
import { Section, Specimen } from './specimen';

const nothing = () => {};
const LIMIT_BYTES = 50 * 1024 * 1024;

export function Files() {
  const t = useTranslations('design.u');
  const [code, setCode] = useState('482');
  const [wrong, setWrong] = useState('918273');
  return (
    <Section id="files">
      <div className="grid gap-6 lg:grid-cols-2">
        <Specimen name="FileDrop" plain>
          <FileDrop
            label={t('drop')}
            help={t('dropHelp')}
            accept={['.xlsx', '.xls', '.csv']}
            maxBytes={LIMIT_BYTES}
            onFiles={nothing}
          />
        </Specimen>
        <Specimen name={`FileDrop · ${t('states')}`} plain className="flex flex-col gap-4">
          <FileDrop label={t('drop')} accept={['.csv']} onFiles={nothing} error={t('dropError')} />
          <FileDrop label={t('drop')} accept={['.csv']} onFiles={nothing} pending />
          <FileDrop label={t('drop')} accept={['.csv']} onFiles={nothing} disabled />
        </Specimen>
        <Specimen name="OtpField" className="flex flex-col gap-6">
          <OtpField value={code} onChange={setCode} label={t('otp')} />
          <OtpField value={wrong} onChange={setWrong} label={t('otp')} name="code-wrong" error={t('otpError')} />
          <OtpField value="482" onChange={nothing} label={t('otp')} name="code-off" disabled />
        </Specimen>
      </div>
    </Section>
  );
}

export function TillFoot() {
  const t = useTranslations('design.k');
  return (
    <Section id="till">
      <Specimen name="KeyBar · KeyHint" plain className="card overflow-hidden [&>*]:border-t-0">
        <KeyBar
          keys={[
            { keys: 'F2', label: t('patient') },
            { keys: 'F3', label: t('service') },
            { keys: 'F4', label: t('discount') },
            { keys: 'F6', label: t('hold') },
            { keys: 'F8', label: t('recall'), disabled: true },
            { keys: 'F9', label: t('pay') },
            { keys: '?', label: t('all') },
          ]}
        >
          <span>{t('shift')}</span>
          <StatusBadge tone="good">{t('online')}</StatusBadge>
        </KeyBar>
      </Specimen>
    </Section>
  );
}
