"""Reading the law: public pages and a JSON API over ``netral.law``. Keeps nothing."""
