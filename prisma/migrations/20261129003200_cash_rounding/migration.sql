-- Cash is taken in notes and coins. What a total asks for beyond them is rounding: `amount` is what the payment settles, and
-- `amount + rounding` what the drawer got. It stands in an account of its own, so that a drawer can be counted even.
ALTER TABLE "payment" ADD COLUMN "rounding" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "payment" DROP CONSTRAINT "payment_check";
ALTER TABLE "payment"
  ADD CONSTRAINT "payment_tendered_check" CHECK (tendered IS NULL OR tendered >= amount + rounding),
  ADD CONSTRAINT "payment_rounding_check" CHECK (rounding = 0 OR method = 'cash');
ALTER TABLE "drawer_entry" DROP CONSTRAINT "drawer_entry_account_check";
ALTER TABLE "drawer_entry"
  ADD CONSTRAINT "drawer_entry_account_check" CHECK (account IN ('drawer', 'card', 'transfer', 'sales', 'float', 'safe', 'rounding'));
