create table visit (at timestamp not null);
