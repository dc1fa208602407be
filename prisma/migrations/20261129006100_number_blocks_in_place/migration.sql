-- A block is used in place and goes when it is used up: with `next` in an index each number left a dead entry, over which the next
-- sale had to step.
DELETE FROM number_block WHERE next > last;
DROP INDEX number_block_open;
CREATE INDEX number_block_in_turn ON number_block (scope, day, last);
