/** The columns of an orders sheet, in the order people expect them; see the list of files and their columns in the documents. */
export const ORDER_COLUMNS = [
  'external_ref',
  'branch',
  'ordered_at',
  'patient_name',
  'patient_dob',
  'patient_sex',
  'patient_phone',
  'customer_code',
  'doctor_code',
  'service_codes',
  'discount_percent',
  'payment',
  'note',
] as const;
export type OrderColumn = (typeof ORDER_COLUMNS)[number];

/** Columns that a sheet may leave out, and cells that may be empty. */
export const OPTIONAL_COLUMNS: ReadonlySet<OrderColumn> = new Set([
  'customer_code',
  'doctor_code',
  'discount_percent',
  'payment',
  'note',
]);

/** What may be wrong with a row. */
export const ROW_ERRORS = [
  'required',
  'too_long',
  'too_short',
  'unknown_branch',
  'unknown_customer',
  'unknown_doctor',
  'unknown_service',
  'inactive_service',
  'duplicate_service',
  'no_price',
  'price_changed',
  'bad_date',
  'future_date',
  'born_after_order',
  'bad_sex',
  'bad_phone',
  'bad_discount',
  'bad_payment',
  'sex_mismatch',
  'age_out_of_range',
  'duplicate_ref',
  'no_result',
  'formula_error',
  'lost_digits',
  'changed_text',
  'more_cells',
  'cut_figure',
  'merged_cell',
  'day_or_month',
  'swapped_day',
] as const;

/** 100 MB. */
export const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;
export const UPLOAD_EXTENSIONS = ['.csv', '.xlsx', '.xls'];
