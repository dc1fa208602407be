/** Where the paper of a refund is. */
export const refundReceiptAddress = (refundId: string, language: 'vi' | 'en' = 'vi') =>
  `/orders/refunds/${refundId}/receipt?language=${language}`;
