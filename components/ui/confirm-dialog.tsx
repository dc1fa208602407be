'use client';

import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from './button';
import { Callout } from './callout';
import { Dialog } from './dialog';
import { TextArea } from './text-field';

export interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** What will happen, in figures: "refund 450,000 đ in cash from till 2". */
  consequence: ReactNode;
  /** The verb of the act, not "OK". */
  confirmLabel: string;
  /** `seal` for what is done for good and right: the accent, with a lock. `danger` for what takes away. */
  tone?: 'danger' | 'primary' | 'seal';
  reason?: 'none' | 'optional' | 'required';
  reasonLabel?: string;
  /** While what would happen is still being worked out, or nothing would. */
  confirmDisabled?: boolean;
  /** More to fill in or to read before confirming. */
  children?: ReactNode;
  /** Resolves when done: the dialog then closes. A rejection's message stays in the dialog, with what was typed. */
  onConfirm: (reason: string) => Promise<unknown> | unknown;
}

function useConfirm({ onConfirm, onClose, reason = 'none', confirmDisabled }: ConfirmDialogProps) {
  const t = useTranslations('ui.confirm');
  const [text, setText] = useState('');
  const [pending, setPending] = useState(false);
  const [missing, setMissing] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const underWay = useRef(false);

  const close = () => {
    setText('');
    setMissing(false);
    setFailure(null);
    onClose();
  };
  const confirm = async () => {
    // Two presses before the screen is drawn again are one: what is rendered does not know of the first yet.
    if (confirmDisabled || underWay.current) return;
    if (reason === 'required' && text.trim() === '') {
      setMissing(true);
      return;
    }
    underWay.current = true;
    setPending(true);
    setFailure(null);
    try {
      await onConfirm(text.trim());
      close();
    } catch (error) {
      setFailure(error instanceof Error && error.message ? error.message : t('failed'));
    } finally {
      underWay.current = false;
      setPending(false);
    }
  };
  const type = (next: string) => {
    setText(next);
    setMissing(false);
  };
  return { t, text, type, pending, missing, failure, confirm, close };
}

/** Before anything destructive: says what will happen in figures and, where needed, asks for the reason. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, consequence, confirmLabel, tone = 'danger', reason = 'none', reasonLabel, children } = props;
  const { t, text, type, pending, missing, failure, confirm, close } = useConfirm(props);
  const tDialog = useTranslations('ui.dialog');
  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      size="small"
      role="alertdialog"
      locked={pending}
      footer={
        <>
          <Button onPress={close} disabled={pending}>
            {tDialog('cancel')}
          </Button>
          <Button
            variant={tone === 'danger' ? 'danger' : 'primary'}
            icon={tone === 'seal' ? Lock : undefined}
            pending={pending}
            disabled={props.confirmDisabled}
            onPress={confirm}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <div className="text-ink-2">{consequence}</div>
        {children}
        {reason !== 'none' && (
          <TextArea
            label={reasonLabel ?? (reason === 'required' ? t('reason') : t('reasonOptional'))}
            required={reason === 'required'}
            rows={2}
            value={text}
            onChange={type}
            error={missing ? t('reasonNeeded') : undefined}
          />
        )}
        {failure && (
          <Callout tone="wrong" announce>
            {failure}
          </Callout>
        )}
      </form>
    </Dialog>
  );
}
