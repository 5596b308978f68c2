ALTER TABLE covers ADD COLUMN title text;
