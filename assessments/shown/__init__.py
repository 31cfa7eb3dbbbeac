"""What members are shown of an assessment: plain data read in a fixed number of queries, figures from the score snapshot."""
