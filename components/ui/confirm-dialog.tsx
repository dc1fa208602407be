'use client';

import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';
import { FormErrorSummary } from './form-error-summary';
import { TextArea } from './text-field';
import { useFormCheck } from './use-form-check';

/** A reason as it is typed, by who keeps it. */
export type TypedReason = {
  text: string;
  setText: (text: string) => void;
  /** The act is done or not wanted: nothing of it stays. */
  drop: () => void;
  /** Says that it was typed before; nothing where it was not. */
  cameBack: ReactNode;
};

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
  /** Keeps the reason beyond this page; without, it is gone with it. */
  typed?: TypedReason;
  /** What is wrong with the reason besides that there is none. */
  reasonProblem?: (reason: string) => string | null;
  /** While what would happen is still being worked out, or nothing would. */
  confirmDisabled?: boolean;
  /** More to fill in or to read before confirming. */
  children?: ReactNode;
  /** Resolves when done: the dialog then closes. A rejection's message stays in the dialog, with what was typed. */
  onConfirm: (reason: string) => Promise<unknown> | unknown;
}

function useOwnReason(): TypedReason {
  const [text, setText] = useState('');
  return { text, setText, drop: () => setText(''), cameBack: null };
}

function useConfirm(props: ConfirmDialogProps) {
  const { onConfirm, onClose, reason = 'none', confirmDisabled, reasonProblem } = props;
  const t = useTranslations('ui.confirm');
  const own = useOwnReason();
  const typed = props.typed ?? own;
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const underWay = useRef(false);
  const text = typed.text.trim();
  const missing = reason === 'required' && text === '' ? t('reasonNeeded') : null;
  const check = useFormCheck(
    { reason: reason === 'none' ? null : (missing ?? reasonProblem?.(text)) },
    failure ? { sentence: failure } : null,
  );

  const close = () => {
    typed.drop();
    setFailure(null);
    check.again();
    onClose();
  };
  const confirm = async () => {
    // Two presses before the screen is drawn again are one: what is rendered does not know of the first yet.
    if (confirmDisabled || underWay.current || !check.isRight()) return;
    underWay.current = true;
    setPending(true);
    setFailure(null);
    try {
      await onConfirm(text);
      close();
    } catch (error) {
      setFailure(error instanceof Error && error.message ? error.message : t('failed'));
    } finally {
      underWay.current = false;
      setPending(false);
    }
  };
  return { t, typed, check, pending, confirm, close };
}

/** Enter goes on, as in every field; a new line is a press of Shift more. */
function goOn(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
  if (!(event.target instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  if (!event.repeat) event.currentTarget.requestSubmit();
}

/** Before anything destructive: says what will happen in figures and, where needed, asks for the reason. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, consequence, confirmLabel, tone = 'danger', reason = 'none', reasonLabel, children } = props;
  const { t, typed, check, pending, confirm, close } = useConfirm(props);
  const tDialog = useTranslations('ui.dialog');
  const asks = reason !== 'none';
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
          <Button onPress={close} disabled={pending} autoFocus={!asks && tone === 'danger'}>
            {tDialog('cancel')}
          </Button>
          <Button
            variant={tone === 'danger' ? 'danger' : 'primary'}
            icon={tone === 'seal' ? Lock : undefined}
            pending={pending}
            disabled={props.confirmDisabled}
            onPress={confirm}
            autoFocus={!asks && tone !== 'danger'}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onKeyDown={goOn}
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <FormErrorSummary {...check.summary} />
        <div className="text-ink-2">{consequence}</div>
        {children}
        {asks && (
          <>
            {typed.cameBack}
            <TextArea
              label={reasonLabel ?? (reason === 'required' ? t('reason') : t('reasonOptional'))}
              name="reason"
              required={reason === 'required'}
              rows={2}
              value={typed.text}
              onChange={typed.setText}
              error={check.errorAt('reason')}
              autoFocus
            />
          </>
        )}
      </form>
    </Dialog>
  );
}
