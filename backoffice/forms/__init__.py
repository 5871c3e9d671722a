"""Forms of sections: fields that Django lacks, limits in our words, the form itself."""
