-- The numbers of a branch's day come from a sequence of its own (routines: open_day_numbers). A row that each sale updates leaves a dead
-- version behind, and while somebody reads an old state of the database every sale stepped over all of them. A sequence begins after what
-- its day's counter has given, so that the numbers left in blocks are gaps.
-- Routines of the version before, which are recreated behind the migrations, may still return its rows.
DROP TABLE number_block CASCADE;
