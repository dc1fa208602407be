'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { matchesText } from '@/server/domain/search-words';
import { Checkbox, Switch } from '../checkbox';
import { ComboBox } from '../combo-box';
import { Money } from '../money';
import { RadioGroup, SegmentedControl } from '../radio-group';
import { Select } from '../select';
import { notify } from '../toast';
import { DOCTORS, type SampleDoctor, type SampleService, SERVICES } from './samples';
import { Section, Specimen } from './specimen';

const SLOW_MS = 300;

async function findDoctors(query: string): Promise<SampleDoctor[]> {
  await new Promise((done) => setTimeout(done, SLOW_MS));
  return DOCTORS.filter((doctor) => matchesText(`${doctor.name} ${doctor.code}`, query));
}

function LongLists() {
  const t = useTranslations('design.c');
  const [doctor, setDoctor] = useState<SampleDoctor | null>(null);
  const [service, setService] = useState<SampleService | null>(SERVICES[0] ?? null);
  const [payment, setPayment] = useState<'cash' | 'transfer' | 'card' | 'debt'>('cash');
  return (
    <Specimen name="Select · ComboBox" className="grid gap-x-4 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
      <Select
        label={t('payment')}
        value={payment}
        onChange={setPayment}
        options={[
          { value: 'cash', label: t('cash') },
          { value: 'transfer', label: t('transfer') },
          { value: 'card', label: t('card') },
          { value: 'debt', label: t('debt'), description: t('debtHint'), disabled: true },
        ]}
      />
      <ComboBox
        label={t('doctor')}
        placeholder={t('doctorPlaceholder')}
        value={doctor}
        onChange={setDoctor}
        keyOf={(item) => item.code}
        textOf={(item) => item.name}
        load={findDoctors}
        createLabel={(text) => t('create', { text })}
        onCreate={(text) => notify.info(t('created', { text }))}
        renderItem={(item) => (
          <>
            <span className="block font-medium">{item.name}</span>
            <span className="block text-xs text-ink-3">
              {item.code} · {item.place}
            </span>
          </>
        )}
      />
      <ComboBox
        label={t('service')}
        value={service}
        onChange={setService}
        keyOf={(item) => item.code}
        textOf={(item) => item.name}
        options={SERVICES}
        renderItem={(item) => (
          <span className="flex justify-between gap-3">
            <span className="truncate">{item.name}</span>
            <Money minor={item.price} className="text-ink-2" />
          </span>
        )}
      />
    </Specimen>
  );
}

const two = (t: ReturnType<typeof useTranslations<'design.c'>>) => [
  { value: 'cash', label: t('cash') },
  { value: 'card', label: t('card') },
];
const textOf = (item: SampleService) => item.name;
const keyOf = (item: SampleService) => item.code;
const nothing = () => {};

/** Each choice as it stands when it may not be made, and when it was made wrong. */
function Refused() {
  const t = useTranslations('design.c');
  const box = { keyOf, textOf, options: SERVICES, onChange: nothing };
  return (
    <Specimen name={`${t('off')} · ${t('wrong')}`} className="grid gap-x-4 gap-y-6 sm:grid-cols-2 lg:grid-cols-3">
      <Select label={t('payment')} value="cash" onChange={nothing} options={two(t)} disabled />
      <ComboBox label={t('service')} value={SERVICES[0] ?? null} {...box} disabled />
      <RadioGroup label={t('payment')} value="cash" onChange={nothing} options={two(t)} direction="row" disabled />
      <Select label={t('payment')} value={null} onChange={nothing} options={two(t)} error={t('missing')} />
      <ComboBox label={t('service')} value={null} {...box} error={t('missing')} />
      <RadioGroup label={t('payment')} value={null} onChange={nothing} options={two(t)} error={t('missing')} />
      <div className="flex flex-col gap-3">
        <Checkbox disabled>{t('fasting')}</Checkbox>
        <Checkbox disabled defaultChecked>
          {t('sms')}
        </Checkbox>
        <Checkbox invalid>{t('fasting')}</Checkbox>
      </div>
      <div className="flex flex-col gap-3">
        <Switch disabled>{t('sound')}</Switch>
        <Switch disabled defaultChecked help={t('smsHelp')}>
          {t('sound')}
        </Switch>
        <Switch>{t('sound')}</Switch>
      </div>
      <SegmentedControl
        label={t('payment')}
        hideLabel={false}
        value="cash"
        onChange={nothing}
        options={[...two(t), { value: 'debt', label: t('debt'), disabled: true }]}
      />
    </Specimen>
  );
}

export function Choices() {
  const t = useTranslations('design.c');
  const [sex, setSex] = useState<'female' | 'male' | 'other'>('female');
  const [period, setPeriod] = useState<'day' | 'week' | 'month'>('week');
  return (
    <Section id="choices">
      <LongLists />
      <Specimen
        name="RadioGroup · SegmentedControl · Checkbox · Switch"
        className="grid gap-x-4 gap-y-6 sm:grid-cols-2 lg:grid-cols-3"
      >
        <RadioGroup
          label={t('sex')}
          value={sex}
          onChange={setSex}
          direction="row"
          options={[
            { value: 'female', label: t('female') },
            { value: 'male', label: t('male') },
            { value: 'other', label: t('other') },
          ]}
        />
        <SegmentedControl
          label={t('period')}
          hideLabel={false}
          value={period}
          onChange={setPeriod}
          options={[
            { value: 'day', label: t('day') },
            { value: 'week', label: t('week') },
            { value: 'month', label: t('month') },
          ]}
        />
        <div className="flex flex-col gap-3">
          <Checkbox defaultChecked help={t('smsHelp')}>
            {t('sms')}
          </Checkbox>
          <Checkbox>{t('fasting')}</Checkbox>
          <Checkbox mixed>{t('some')}</Checkbox>
          <Switch defaultChecked>{t('sound')}</Switch>
        </div>
      </Specimen>
      <Refused />
    </Section>
  );
}
